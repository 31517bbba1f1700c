package dev.onward.packaged;

import dev.onward.packaged.Dockerfile.Instruction;
import dev.onward.packaged.Dockerfile.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An image without an engine for containers: laid out in a directory as its Dockerfile says, which
 * then is the root of what runs in it. In place of the base image stand this machine's libraries
 * and the JDK of this build.
 */
final class UnpackedImage {
  private static final Path JDK = Path.of("opt", "java", "openjdk");

  /** As what the base image brings: its own directories and its own PATH. */
  private static final String PATH = "/" + JDK + "/bin:/usr/bin:/bin";

  /** Arguments: the root, what it is mounted as, user, directory, mounts, --, command. */
  private static final String INSIDE =
      """
      set -e
      root=$1 mode=$2 user=$3 place=$4
      shift 4
      mount --bind "$root" "$root"
      for name in bin dev etc lib lib64 proc usr; do
        if [ -e "/$name" ]; then
          mkdir -p "$root/$name"
          mount --rbind "/$name" "$root/$name"
        fi
      done
      while [ "$1" != -- ]; do
        mkdir -p "$root$2"
        case $1 in
          memory) mount -t tmpfs -o mode=1777 tmpfs "$root$2" ;;
          *) mount --bind "$1" "$root$2" ;;
        esac
        shift 2
      done
      shift
      mount -o "remount,bind,$mode" "$root"
      exec chroot --userspec="$user" --groups= "$root" /usr/bin/env -C "$place" PATH=%s "$@"
      """
          .formatted(PATH);

  private final Dockerfile file;
  private final Path root;

  private UnpackedImage(Dockerfile file, Path root) {
    this.file = file;
    this.root = root;
  }

  /** Whether this machine lets the test mount file systems and be another user. */
  static boolean isPossible() {
    try {
      return new ProcessBuilder("unshare", "--mount", "chroot", "/", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Carries out what puts files into the image. */
  static UnpackedImage build(Dockerfile file, Path root) throws IOException, InterruptedException {
    var image = new UnpackedImage(file, root);
    for (Instruction instruction : file.instructions()) {
      switch (instruction.name()) {
        case "WORKDIR" -> Files.createDirectories(image.onDisk(instruction.arguments()));
        case "COPY" -> image.copy(instruction);
        case "RUN" -> image.run(instruction);
        default -> {}
      }
    }
    return image;
  }

  /** Where a path of the image is on this machine's disk. */
  Path onDisk(String path) {
    return root.resolve(Path.of("/").relativize(Path.of(path)));
  }

  /** The command that starts the image as a cluster does: nothing but /tmp can be written to. */
  List<String> start() {
    return start(file.the("ENTRYPOINT").exec().orElseThrow());
  }

  /** Another command in the same surroundings. */
  List<String> start(List<String> command) {
    return inside("ro", file.the("USER").arguments(), List.of("memory", "/tmp"), command);
  }

  private String place() {
    return file.the("WORKDIR").arguments();
  }

  private void copy(Instruction instruction) throws IOException {
    List<String> words = instruction.words();
    Path target = onDisk(Path.of(place()).resolve(words.getLast()).normalize().toString());
    var context = BuildContext.ours();
    for (String word : words.subList(0, words.size() - 1)) {
      Path source = Path.of(word);
      List<Path> files = context.files(source);
      if (files.isEmpty()) {
        throw new AssertionError(".dockerignore keeps out what COPY needs: " + word);
      }
      Path base = Files.isDirectory(source) ? source : source.toAbsolutePath().getParent();
      for (Path found : files) {
        Path copy = target.resolve(base.toAbsolutePath().relativize(found.toAbsolutePath()));
        Files.createDirectories(copy.getParent());
        Files.copy(found, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private void run(Instruction instruction) throws IOException, InterruptedException {
    var mounts = new ArrayList<String>();
    for (Mount mount : instruction.mounts()) {
      mounts.add(mount.source().map(this::mountable).orElse("memory"));
      mounts.add(mount.target());
    }
    Path log = root.resolve("run.log");
    var builder =
        new ProcessBuilder(inside("rw", "0:0", mounts, instruction.exec().orElseThrow()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Process process = builder.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    if (!ended || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("%s failed:\n%s".formatted(instruction, Files.readString(log)));
    }
    Files.delete(log);
  }

  /** A part of the build's context, as much of it as .dockerignore lets through. */
  private String mountable(String source) {
    try {
      Path place = Files.createDirectories(root.resolve("context").resolve(source));
      for (Path found : BuildContext.ours().files(Path.of(source))) {
        Path link = place.resolve(Path.of(source).relativize(found));
        Files.createDirectories(link.getParent());
        Files.copy(found, link);
      }
      return place.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> inside(String mode, String user, List<String> mounts, List<String> command) {
    return Stream.of(
            List.of("unshare", "--mount", "sh", "-c", INSIDE, "sh"),
            List.of(root.toString(), mode, user, place()),
            List.of(System.getProperty("java.home"), "/" + JDK),
            mounts,
            List.of("--"),
            command)
        .flatMap(List::stream)
        .toList();
  }
}
