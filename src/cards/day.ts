import { moment, type Span, words } from "../chat/text.ts";

/** A day without a time, "Fri 27 Nov": the same day in every zone, unlike a moment. @param day midnight UTC */
export const day = (day: Date): Span => words(moment(day, "UTC", "date"));
