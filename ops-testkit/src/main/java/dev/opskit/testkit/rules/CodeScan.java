package dev.opskit.testkit.rules;

import java.util.ArrayList;
import java.util.List;

/** Walks over the instructions of one method. */
final class CodeScan {
  private static final int LDC = 18;
  private static final int LDC_W = 19;
  private static final int TABLE_SWITCH = 170;
  private static final int LOOKUP_SWITCH = 171;
  private static final int PUT_STATIC = 179;
  private static final int PUT_FIELD = 181;
  private static final int INVOKE_VIRTUAL = 182;
  private static final int INVOKE_INTERFACE = 185;
  private static final int INVOKE_DYNAMIC = 186;
  private static final int WIDE = 196;
  private static final int INCREMENT = 132;

  private final ClassFile file;
  private final String member;
  private final byte[] code;
  private final List<int[]> lines;

  CodeScan(ClassFile file, String member, byte[] code, List<int[]> lines) {
    this.file = file;
    this.member = member;
    this.code = code;
    this.lines = lines;
  }

  List<Literal> literals() {
    List<Literal> found = new ArrayList<>();
    for (int at = 0; at < code.length; at += length(at)) {
      int opcode = unsigned(at);
      if (opcode == LDC || opcode == LDC_W) {
        String text = file.string(opcode == LDC ? unsigned(at + 1) : index(at + 1));
        if (text != null) {
          found.add(new Literal(text, member, line(at), usedBy(at + length(at))));
        }
      } else if (opcode == INVOKE_DYNAMIC) {
        for (String text : file.fixedTexts(index(at + 1))) {
          found.add(new Literal(text, member, line(at), ""));
        }
      }
    }
    return found;
  }

  private String usedBy(int at) {
    if (at >= code.length) {
      return "";
    }
    int opcode = unsigned(at);
    boolean isUse =
        opcode == PUT_STATIC
            || opcode == PUT_FIELD
            || (opcode >= INVOKE_VIRTUAL && opcode <= INVOKE_INTERFACE);
    return isUse ? file.member(index(at + 1)) : "";
  }

  private int line(int at) {
    int line = 0;
    int best = -1;
    for (int[] entry : lines) {
      if (entry[0] <= at && entry[0] > best) {
        best = entry[0];
        line = entry[1];
      }
    }
    return line;
  }

  /** Of the instruction and its operands, in bytes. */
  private int length(int at) {
    int opcode = unsigned(at);
    return switch (opcode) {
      case TABLE_SWITCH -> {
        int table = (at + 4) & ~3;
        yield table + 12 + 4 * (word(table + 8) - word(table + 4) + 1) - at;
      }
      case LOOKUP_SWITCH -> {
        int table = (at + 4) & ~3;
        yield table + 8 + 8 * word(table + 4) - at;
      }
      case WIDE -> unsigned(at + 1) == INCREMENT ? 6 : 4;
      case INVOKE_INTERFACE, INVOKE_DYNAMIC, 200, 201 -> 5;
      case 197 -> 4;
      case 17, LDC_W, 20, INCREMENT, 187, 189, 192, 193, 198, 199 -> 3;
      case 16, LDC, 169, 188 -> 2;
      default -> {
        if ((opcode >= 21 && opcode <= 25) || (opcode >= 54 && opcode <= 58)) {
          yield 2;
        }
        yield (opcode >= 153 && opcode <= 168) || (opcode >= 178 && opcode <= 184) ? 3 : 1;
      }
    };
  }

  private int unsigned(int at) {
    return code[at] & 0xFF;
  }

  private int index(int at) {
    return (unsigned(at) << 8) | unsigned(at + 1);
  }

  private int word(int at) {
    return (index(at) << 16) | index(at + 2);
  }
}
