@testable import Datasets
@testable import Groundwork

extension WrongDataSet {
  /// What masks hold, and what the spec says of it.
  static let masks: [WrongDataSet] = [
    WrongDataSet(
      name: "black and white masks",
      spoil: {
        try $0.writeMasks(Workplace.ids(0, 255))
      },
      messages: [
        "data.classes: 3 masks hold what is not listed: where 0 is background and 255 "
          + "is cell set data.values: binary",
        "train.txt:1: mask a-mask.png: holds 255 (32 pixels, the first at x 0, y 4), "
          + "but 2 classes are listed: where 0 is background and 255 is cell set "
          + "data.values: binary",
        "so do train.txt:2, val.txt:1",
      ]),
    WrongDataSet(
      name: "masks of 0 and 65535",
      spoil: {
        try $0.writeWords("b-mask.png", Workplace.ids(0, 65_535))
      },
      messages: [
        "train.txt:2: mask b-mask.png: holds 65535 (32 pixels, the first at x 0, y 4), "
          + "but 2 classes are listed: where 0 is background and 65535 is cell set "
          + "data.values: binary"
      ]),
    WrongDataSet(
      name: "a shade that is a class",
      spoil: {
        try $0.writeMasks(Workplace.ids(0, 128))
      },
      messages: [
        "data.classes: 3 masks hold what is not listed: where it is cell set "
          + "data.values: {0: background, 128: cell}",
        "train.txt:1: mask a-mask.png: holds 128 (32 pixels, the first at x 0, y 4), "
          + "but 2 classes are listed: where it is cell set data.values: {0: background, "
          + "128: cell}",
        "so do train.txt:2, val.txt:1",
      ]),
    WrongDataSet(
      name: "an id beyond the classes",
      spoil: {
        try $0.writeGrey("b-mask.png", [5, 7] + Workplace.ids(0, 1).dropFirst(2))
      },
      messages: [
        "train.txt:2: mask b-mask.png: holds 5 (1 pixel at x 0, y 0), 7 (1 pixel at x 1, "
          + "y 0), but 2 classes are listed: list the class, add them to data.ignore where "
          + "they mean unlabelled, or say in data.values which class each value is"
      ]),
    WrongDataSet(
      name: "classes that begin at 1",
      spoil: {
        try $0.writeMasks(Workplace.ids(1, 2))
      },
      messages: [
        "data.classes: 3 masks hold what is not listed: list the class, or where 0 "
          + "means unlabelled and 1 is background set data.values: reduce_zero_label",
        "train.txt:1: mask a-mask.png: holds 2 (32 pixels, the first at x 0, y 4), but "
          + "2 classes are listed: list the class, or where 0 means unlabelled and 1 is "
          + "background set data.values: reduce_zero_label",
        "so do train.txt:2, val.txt:1",
      ]),
    WrongDataSet(
      name: "instances",
      spoil: {
        try $0.writeWords("a-mask.png", (0..<64).map { 300 + $0 })
      },
      messages: [
        "train.txt:1: mask a-mask.png: holds 300 (1 pixel at x 0, y 0), 301 (1 pixel at x "
          + "1, y 0), 302 (1 pixel at x 2, y 0), 303 (1 pixel at x 3, y 0), 304 (1 pixel at x "
          + "4, y 0) and 59 more, but 2 classes are listed: does it hold instances or shades, "
          + "or was it resized with interpolation? write the class of each pixel"
      ]),
    WrongDataSet(
      name: "a value that data.values does not name",
      data: ["values": "{0: background, 255: cell}"],
      spoil: {
        try $0.writeMasks(Workplace.ids(0, 9))
      },
      messages: [
        "data.values: 3 masks hold what is not listed",
        "train.txt:1: mask a-mask.png: holds 9 (32 pixels, the first at x 0, y 4), "
          + "which data.values does not name: add it, as ignore where it means unlabelled",
        "so do train.txt:2, val.txt:1",
      ]),
    WrongDataSet(
      name: "a mask with two whites",
      data: ["values": "binary"],
      spoil: {
        try $0.writeGrey("a-mask.png", Workplace.ids(1, 255))
      },
      messages: [
        "train.txt:1: mask a-mask.png: holds both 1 and 255, but data.values: binary is "
          + "of 0 and one of them: add the other to data.ignore where it means unlabelled, or "
          + "say in data.values which class each value is"
      ]),
    WrongDataSet(
      name: "masks with different whites",
      data: ["values": "binary"],
      spoil: {
        try $0.writeGrey("b-mask.png", Workplace.ids(0, 255))
      },
      messages: [
        "train.txt:2: mask b-mask.png is white with 255, a-mask.png with 1: where "
          + "both are cell set data.values: {0: background, 1: cell, 255: cell}"
      ]),
    WrongDataSet(
      name: "a preset of other classes",
      data: ["values": "cityscapes_label_ids"],
      messages: [
        "data.values is cityscapes_label_ids, which has 19 classes, but 2 are listed"
      ]),
    WrongDataSet(
      name: "a preset that does not exist",
      data: ["values": "binery"],
      messages: [
        "unknown values 'binery' (did you mean 'binary'?)"
      ]),
    WrongDataSet(
      name: "a class that data.values misspells",
      data: ["values": "{0: background, 1: cel}"],
      messages: [
        "data.values.1: there is no class 'cel' (did you mean 'cell'?)"
      ]),
    WrongDataSet(
      name: "an id that no class has",
      data: ["values": "{0: 0, 1: 2}"],
      messages: [
        "data.values.1 is 2, but 2 classes are listed: their ids are 0 to 1"
      ]),
    WrongDataSet(
      name: "a value named twice",
      data: ["values": "{0: 0, 0-3: 1}"],
      messages: [
        "data.values: '0-3' and '0' name the same values"
      ]),
    WrongDataSet(
      name: "a key that is no value",
      data: ["values": "{0: 0, one: 1}"],
      messages: [
        "data.values: 'one' is no value of masks (write an integer as 255, a range as 7-10, "
          + "or threshold)"
      ]),
    WrongDataSet(
      name: "a class that no value becomes",
      data: ["values": "{0: background, 1: ignore}"],
      messages: [
        "data.values lets no value become class 'cell' (name one, or leave the class out)"
      ]),
    WrongDataSet(
      name: "an ignored value that is a class",
      data: ["values": "{0: background, 255: cell}", "ignore": "[255]"],
      messages: [
        "data.values.255 is a class, but data.ignore names 255 too (leave it out of one "
          + "of them)"
      ]),
    WrongDataSet(
      name: "ignore that swallows the first class",
      data: ["ignore": "[0]"],
      messages: [
        "data.ignore names every value of class 'background', which would never be "
          + "learned or judged (leave the class out of data.classes and set data.values: "
          + "reduce_zero_label)"
      ]),
    WrongDataSet(
      name: "ignore that swallows the last class",
      data: ["ignore": "[1]"],
      messages: [
        "data.ignore names every value of class 'cell', which would never be learned or "
          + "judged (leave the class out of data.classes)"
      ]),
    WrongDataSet(
      name: "values where pixels have several labels",
      data: ["values": "binary"], losses: "task: multilabel\nlosses: cross_entropy\n",
      messages: [
        "data.values is for masks of one class a pixel, but the task is multilabel "
          + "(leave it out: of each class's mask what is not 0 is of the class)",
        "loss cross_entropy: needs one class a pixel, but the task is multilabel: use "
          + "bce",
      ]),
  ]
}
