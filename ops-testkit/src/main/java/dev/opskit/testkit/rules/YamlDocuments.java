package dev.opskit.testkit.rules;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads the documents of a YAML file with their lines. Anchors, aliases and merge keys are what
 * they stand for. What kubectl would refuse is refused here: a key twice, a node within itself.
 */
final class YamlDocuments {
  /** What is wrong with a file, and where. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Place place;

    UnreadableException(Place place, String what) {
      super(what);
      this.place = place;
    }

    Place place() {
      return place;
    }
  }

  private static final String MERGE = "<<";

  private final String file;
  private final Map<Node, YamlNode> done = new IdentityHashMap<>();
  private final Map<Node, Node> underWay = new IdentityHashMap<>();

  private YamlDocuments(String file) {
    this.file = file;
  }

  static List<YamlNode> read(String file, String text) throws UnreadableException {
    YamlDocuments reader = new YamlDocuments(file);
    LoadSettings settings = LoadSettings.builder().setLabel(file).build();
    List<YamlNode> documents = new ArrayList<>();
    try {
      for (Node node : new Compose(settings).composeAllFromString(text)) {
        YamlNode document = reader.convert(node);
        if (document.exists()) {
          documents.add(document);
        }
      }
      return documents;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw new UnreadableException(new Place(file, line), "is no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new UnreadableException(new Place(file, 0), "is no YAML: " + e.getMessage());
    }
  }

  private YamlNode convert(Node node) throws UnreadableException {
    YamlNode known = done.get(node);
    if (known != null) {
      return known;
    }
    if (underWay.put(node, node) != null) {
      throw new UnreadableException(place(node), "an anchor holds itself");
    }
    YamlNode converted = new YamlNode(place(node), value(node));
    underWay.remove(node);
    done.put(node, converted);
    return converted;
  }

  private @Nullable Object value(Node node) throws UnreadableException {
    if (node instanceof MappingNode mapping) {
      return map(mapping);
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlNode> list = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        list.add(convert(item));
      }
      return list;
    }
    ScalarNode scalar = (ScalarNode) node;
    return scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue();
  }

  private Map<String, YamlNode> map(MappingNode mapping) throws UnreadableException {
    Map<String, YamlNode> map = new LinkedHashMap<>();
    Map<String, YamlNode> merged = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new UnreadableException(place(entry.getKeyNode()), "a key is no text");
      }
      YamlNode value = convert(entry.getValueNode());
      if (key.getValue().equals(MERGE)) {
        value.list().forEach(one -> one.map().forEach(merged::putIfAbsent));
        value.map().forEach(merged::putIfAbsent);
      } else if (map.put(key.getValue(), at(place(key), value)) != null) {
        throw new UnreadableException(
            place(key), "the key '" + key.getValue() + "' is there a second time");
      }
    }
    merged.forEach(map::putIfAbsent);
    return map;
  }

  /** An entry is where its key is; its block begins a line later. */
  private static YamlNode at(Place place, YamlNode node) {
    return new YamlNode(place, node.value());
  }

  private Place place(Node node) {
    return new Place(file, node.getStartMark().map(Mark::getLine).orElse(-1) + 1);
  }
}
