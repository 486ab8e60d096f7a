import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { answeredOnce } from "../../src/bot/deliveries.ts";
import { nothing } from "../../src/chat/reply.ts";
import type { Request } from "../../src/chat/request.ts";
import { openHospital } from "../support/hospital.ts";
import { person } from "../support/person.ts";

const minutes = 60_000;
const request = (id: string): Request => ({
  id,
  asker: { platform: "slack", tenant: "T1", user: "U1" },
  place: { platform: "slack", tenant: "T1", conversation: "D1", kind: "personal" },
  body: { type: "text", text: "help" },
});

describe("a delivery that comes again", () => {
  let answers = 0;
  const answer = async () => {
    answers += 1;
    return { reply: nothing, reader: { zone: "UTC", mentions: {} }, refused: false, repeated: false };
  };
  beforeEach(() => {
    vi.useFakeTimers();
    answers = 0;
  });
  afterEach(() => void vi.useRealTimers());

  test.each([0, 1, 6, 7.9])("is told apart after %s minutes", async (after) => {
    const once = answeredOnce(answer, () => false);
    // Wherever in the life of a key it comes first.
    for (const early of [0, 1, 1.9, 5, 17]) {
      await vi.advanceTimersByTimeAsync(early * minutes);
      await once(request(`again-${early}`));
      await vi.advanceTimersByTimeAsync(after * minutes);
      expect((await once(request(`again-${early}`))).repeated).toBe(true);
    }
    expect(answers).toBe(5);
  });

  test("is known to nobody after ten minutes, also where nothing else came meanwhile", async () => {
    const once = answeredOnce(answer, () => false);
    await once(request("once"));
    await vi.advanceTimersByTimeAsync(10 * minutes);
    expect(vi.getTimerCount()).toBe(0);
    expect((await once(request("once"))).repeated).toBe(false);
  });
});

test("an anonymous report that is delivered twice is filed once, and both show the same receipt", async () => {
  const hospital = await openHospital();
  const [one, other] = [person(hospital, "nurse"), person(hospital, "nurse")];
  const said = "incident report identity:anonymous Once and quietly 4W";
  await Promise.all([one.says(said, "twice"), other.says(said, "twice")]);
  expect(one.sees()).toContain("Filed without your name");
  expect(other.sees()).toBe(one.sees());
  expect(await hospital.store.unbound.incident.count()).toBe(1);
  expect(await hospital.store.unbound.claim.count()).toBe(0);
  await hospital.close();
});
