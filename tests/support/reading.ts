/**
 * The school grade that a text asks for: Flesch–Kincaid, 0.39 × words per sentence + 11.8 × syllables per word − 15.59
 * (Kincaid and others, Naval Technical Training Command, Research Branch Report 8-75, 1975). Syllables are counted as groups
 * of vowels, which is a little too many.
 */
export function gradeOf(text: string): number {
  const sentences = text.split(/[.:?]+(?:\s|$)/).filter((sentence) => /\w/.test(sentence));
  const words = text.match(/[A-Za-z’']+/g) ?? [];
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
}

function syllablesIn(word: string): number {
  const spoken = word.toLowerCase().replace(/e$|es$|ed$/, "");
  return Math.max(1, spoken.match(/[aeiouy]+/g)?.length ?? 0);
}
