extension DiagnosticExplanation {
  /// Lists, images and masks.
  static let data = [
    DiagnosticExplanation(
      .unusableList, "list that cannot be used",
      why:
        "A list, a file of class names or the folder of the data cannot be read, is empty, or has a line that is none.",
      remedy: "Write 'image mask' a line, with paths relative to data.root or to the spec.",
      wrong: "data: {train: b.txt, validation: 0.5, classes: [sky, road]}",
      right: Example(
        "data: {train: b.txt, validation: 0.5, classes: [sky, road]}", files: ["b.txt": pairs])),
    DiagnosticExplanation(
      .unusableSample, "image or mask that cannot be used",
      why:
        "A file that a list names is not there, is damaged, or has another size or depth than it must have.",
      remedy: "Mend the file, or take its line out of the list.",
      wrong: Example(
        "data: {train: a.txt, validation: 0.5, classes: [sky, road]}",
        files: ["a.txt": pairs + "images/12.png masks/12.png\n"]),
      right: Example(
        "data: {train: a.txt, validation: 0.5, classes: [sky, road]}", files: ["a.txt": pairs])),
    DiagnosticExplanation(
      .unlistedValue, "mask with a value that is not listed",
      why:
        "A mask holds a number or a colour that is no class and is not ignored: what such pixels are is not known.",
      remedy:
        "Add the class, or name the value in data.ignore. Here masks/odd.png holds 0, 1 and 7.",
      wrong: Example(
        "data: {train: a.txt, validation: 0.5, classes: [sky, road]}",
        files: ["a.txt": pairs + "images/11.png masks/odd.png\n"]),
      right: Example(
        "data: {train: a.txt, validation: 0.5, classes: [sky, road], ignore: [7]}",
        files: ["a.txt": pairs + "images/11.png masks/odd.png\n"])),
    DiagnosticExplanation(
      .unfitData, "setting that does not fit the data",
      why: "A setting of data is right by itself, but not for the images that the lists name.",
      remedy: "Follow the message: it says what the images are.",
      wrong: Example(
        "data: {train: a.txt, validation: 0.5, classes: [sky, road], range: [0, 4095]}",
        files: ["a.txt": pairs]),
      right: Example(
        "data: {train: a.txt, validation: 0.5, classes: [sky, road]}", files: ["a.txt": pairs])),
  ]
}
