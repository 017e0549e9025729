package dev.opskit.backup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** The ways in which what is stored can stop being what was stored. */
enum Mutation {
  FLIP_A_BIT {
    @Override
    void apply(Subject subject, Random random) {
      subject.change(
          subject.anyKey(random),
          bytes -> {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            return bytes;
          });
    }
  },
  CUT_OFF_INSIDE {
    @Override
    void apply(Subject subject, Random random) {
      subject.change(
          subject.anyKey(random), bytes -> Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    }
  },
  GROW {
    @Override
    void apply(Subject subject, Random random) {
      subject.change(
          subject.anyKey(random),
          bytes -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(99)));
    }
  },
  DROP_A_BLOB {
    @Override
    void apply(Subject subject, Random random) {
      subject.store().delete(subject.anyKey(random));
    }
  },
  DROP_THE_END_OF_A_STREAM {
    @Override
    void apply(Subject subject, Random random) {
      StreamEntry stream = subject.anyStream(random);
      for (int i = random.nextInt(stream.chunks().size()); i < stream.chunks().size(); i++) {
        subject.store().delete(subject.key(stream.name(), i));
      }
    }
  },
  SWAP_TWO_CHUNKS {
    @Override
    void apply(Subject subject, Random random) {
      BlobKey one = subject.anyChunk(random);
      BlobKey other = subject.anyChunk(random);
      byte[] bytes = subject.store().bytes(one);
      subject.store().blobs.put(one, subject.store().bytes(other));
      subject.store().blobs.put(other, bytes);
    }
  },
  DUPLICATE_A_CHUNK {
    @Override
    void apply(Subject subject, Random random) {
      byte[] bytes = subject.store().bytes(subject.anyChunk(random));
      subject.store().blobs.put(subject.anyChunk(random), bytes);
    }
  },
  SPLICE_FROM_ANOTHER_BACKUP {
    @Override
    void apply(Subject subject, Random random) {
      BlobKey key = subject.anyKey(random);
      subject.store().blobs.put(key, subject.store().bytes(subject.inTheOther(key)));
    }
  },
  EDIT_A_LETTER_OF_THE_MANIFEST {
    @Override
    void apply(Subject subject, Random random) {
      subject.change(
          SmallChunks.LAYOUT.manifest(subject.id()),
          bytes -> {
            bytes[random.nextInt(bytes.length)] = (byte) (' ' + random.nextInt(95));
            return bytes;
          });
    }
  },
  /** By somebody who knows the format and has the key, and seals it anew. */
  EDIT_THE_LIST_OF_CHUNKS {
    @Override
    void apply(Subject subject, Random random) {
      subject.reseal(subject.anyStream(random), true, chunks -> edit(chunks, random));
    }
  },
  /** With a manifest that says that it has to be so. */
  REARRANGE_SEGMENTS {
    @Override
    void apply(Subject subject, Random random) {
      StreamEntry stream = subject.anyStream(random);
      int index = random.nextInt(stream.chunks().size());
      BlobKey key = subject.key(stream.name(), index);
      byte[] other =
          random.nextBoolean()
              ? subject.store().bytes(subject.anyChunk(random))
              : subject.store().bytes(subject.inTheOther(key));
      byte[] forged = Segments.rearranged(subject.store().bytes(key), other, random);
      subject.store().blobs.put(key, forged);
      Blob blob = Blob.of(forged);
      subject.reseal(
          stream,
          false,
          chunks -> {
            long plainBytes = chunks.get(index).plainBytes();
            chunks.set(index, new ChunkEntry(plainBytes, blob.sizeBytes(), blob.sha256()));
            return chunks;
          });
    }
  };

  /** A backup in a store that also holds another one of the same shape. */
  record Subject(MemoryStore store, Manifest manifest, Packaging packaging, String otherId) {
    String id() {
      return manifest.record().id();
    }

    BlobKey anyKey(Random random) {
      List<BlobKey> keys =
          store.blobs.keySet().stream().filter(key -> key.value().contains(id())).toList();
      return keys.get(random.nextInt(keys.size()));
    }

    BlobKey anyChunk(Random random) {
      StreamEntry stream = anyStream(random);
      int index = random.nextInt(stream.chunks().size());
      return key(stream.name(), index);
    }

    BlobKey key(String stream, int index) {
      return SmallChunks.LAYOUT.chunk(id(), stream, index, manifest.suffix());
    }

    BlobKey inTheOther(BlobKey key) {
      return new BlobKey(key.value().replace(id(), otherId));
    }

    StreamEntry anyStream(Random random) {
      return manifest.streams().get(random.nextInt(manifest.streams().size()));
    }

    void change(BlobKey key, UnaryOperator<byte[]> change) {
      store.blobs.put(key, change.apply(store.bytes(key).clone()));
    }

    void reseal(StreamEntry stream, boolean keepingItsHash, UnaryOperator<List<ChunkEntry>> edit) {
      List<StreamEntry> streams = new ArrayList<>(manifest.streams());
      StreamEntry edited =
          new StreamEntry(stream.name(), edit.apply(new ArrayList<>(stream.chunks())));
      streams.replaceAll(s -> s.equals(stream) ? edited : s);
      Manifest forged =
          new Manifest(manifest.record(), manifest.compression(), manifest.keys(), streams);
      String json = new String(ManifestWriter.toJson(forged), StandardCharsets.UTF_8);
      if (keepingItsHash) {
        json = json.replace(edited.sha256(), stream.sha256());
      }
      byte[] line = packaging.authenticated(json.getBytes(StandardCharsets.UTF_8));
      store.blobs.put(SmallChunks.LAYOUT.manifest(id()), SealedJson.seal(line));
    }
  }

  abstract void apply(Subject subject, Random random);

  private static List<ChunkEntry> edit(List<ChunkEntry> chunks, Random random) {
    int at = random.nextInt(chunks.size());
    switch (random.nextInt(4)) {
      case 0 -> chunks.remove(at);
      case 1 -> chunks.add(at, chunks.get(at));
      case 2 -> Collections.swap(chunks, at, (at + 1) % chunks.size());
      default -> chunks.subList(at, chunks.size()).clear();
    }
    return chunks;
  }
}
