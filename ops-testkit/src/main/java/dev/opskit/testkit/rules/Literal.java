package dev.opskit.testkit.rules;

/**
 * A text in compiled code.
 *
 * @param text the text; of a concatenation, one of its fixed parts
 * @param member the method that has it, or the constant
 * @param line where it is used, 0 if the compiler did not say
 * @param usedBy the method that it is passed to or the field that it is put into as the very next
 *     thing, or empty
 */
record Literal(String text, String member, int line, String usedBy) {}
