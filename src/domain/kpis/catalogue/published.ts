/** Where the definitions that a source names are published. */
const published: Readonly<Record<string, string>> = {
  "NDNQI; L. Lake, M. Cheung, Patient falls": "https://pmc.ncbi.nlm.nih.gov/articles/PMC3572247",
  NICHE: "http://www.nicheprogram.org/",
  "HFMA MAP Keys": "https://www.hfma.org/MAP/MapKeys/",
  "CDC NHSN patient safety component manual": "https://www.cdc.gov/nhsn/",
  "CMS HCAHPS": "https://hcahpsonline.org/",
};

/** A source in its parts: the name of what is published, its address, and what else is said; undefined where it names none. */
export function publishedAt(source: string): { name: string; url: string; rest: string } | undefined {
  const found = Object.entries(published).find(([name]) => source.startsWith(name));
  return found && { name: found[0], url: found[1], rest: source.slice(found[0].length) };
}
