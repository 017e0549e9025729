package dev.opskit.testkit.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Dockerfile says.
 *
 * @param file where it is
 * @param stages in their order, at least one unless there are problems
 * @param arguments the defaults of the {@code ARG}s before the first stage
 * @param comments with their lines
 * @param problems what could not be read
 */
record Dockerfile(
    String file,
    List<Stage> stages,
    Map<String, String> arguments,
    List<Instruction> comments,
    List<Finding> problems) {

  /**
   * One instruction.
   *
   * @param line where it begins
   * @param name in capitals
   * @param text what follows, with the lines joined; of a heredoc the body, too
   */
  record Instruction(int line, String name, String text) {
    /** The words of the exec form, or empty for the shell form. */
    Optional<List<String>> exec() {
      return ExecForm.of(text);
    }
  }

  /**
   * What is built from one {@code FROM}.
   *
   * @param from the instruction
   * @param image what it is built from, with the defaults of arguments filled in
   * @param name by which others refer to it, or empty
   * @param instructions without the {@code FROM}
   */
  record Stage(Instruction from, String image, String name, List<Instruction> instructions) {
    List<Instruction> all(String instruction) {
      return instructions.stream().filter(one -> one.name().equals(instruction)).toList();
    }

    Optional<Instruction> last(String instruction) {
      List<Instruction> all = all(instruction);
      return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }
  }

  /** What the image is. */
  Stage product() {
    return stages.get(stages.size() - 1);
  }

  boolean isStage(String image) {
    return stages.stream().anyMatch(stage -> stage.name().equalsIgnoreCase(image));
  }

  /** Also of the stages that this one is built from. */
  Optional<Instruction> inherited(String instruction) {
    Stage stage = product();
    for (int i = 0; i < stages.size(); i++) {
      Optional<Instruction> own = stage.last(instruction);
      if (own.isPresent()) {
        return own;
      }
      String base = stage.image();
      Optional<Stage> below =
          stages.stream().filter(one -> one.name().equalsIgnoreCase(base)).findFirst();
      if (below.isEmpty() || base.isEmpty()) {
        return Optional.empty();
      }
      stage = below.get();
    }
    return Optional.empty();
  }

  Place at(Instruction instruction) {
    return new Place(file, instruction.line());
  }
}
