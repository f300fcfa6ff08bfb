extension WrongDataSet {
  /// Masks in colours, and tables of classes and colours.
  static let colours: [WrongDataSet] = [
    WrongDataSet(
      name: "a mask in colours",
      spoil: {
        try $0.writeColours("a-mask.png", [0, 0, 0], [64, 0, 128])
      },
      messages: [
        "train.txt:1: mask a-mask.png: is 8-bit RGB, but a mask holds one class id a "
          + "pixel: say in data.colors which colour is which class, or write it as 8-bit grey "
          + "or palette PNG"
      ]),
    WrongDataSet(
      name: "a colour that is not listed",
      data: ["colors": "{background: [0, 0, 0], cell: [64, 0, 128]}"],
      spoil: {
        try $0.writeColourMasks([0, 0, 0], [1, 2, 3])
      },
      messages: [
        "data.colors: 3 masks hold what is not listed",
        "train.txt:1: mask a-mask.png: holds colour 1 2 3 (32 pixels, the first at x "
          + "0, y 4), which data.colors does not list: add it there with the name of its "
          + "class, or with a name of data.ignore where it means unlabelled",
        "so do train.txt:2, val.txt:1",
      ]),
    WrongDataSet(
      name: "a colour whose name is no class",
      data: ["colors": "{background: [0, 0, 0], cell: [64, 0, 128], void: [9, 9, 9]}"],
      spoil: {
        try $0.writeColourMasks([0, 0, 0], [9, 9, 9])
      },
      messages: [
        "data.colors: 3 masks hold what is not listed",
        "train.txt:1: mask a-mask.png: holds colour 9 9 9 'void' (32 pixels, the first "
          + "at x 0, y 4), which data.colors lists and data.classes does not: add the name "
          + "to data.classes, or to data.ignore where it means unlabelled",
        "so do train.txt:2, val.txt:1",
      ]),
    WrongDataSet(
      name: "a class without a colour",
      data: ["colors": "{background: [0, 0, 0], cel: [64, 0, 128]}"],
      messages: [
        "data.colors has no colour of class 'cell' (did you mean 'cel'?)"
      ]),
    WrongDataSet(
      name: "one colour for two classes",
      data: ["colors": "{background: [0, 0, 0], cell: [0, 0, 0]}"],
      messages: [
        "data.colors: colour 0 0 0 is both 'background' and 'cell'"
      ]),
    WrongDataSet(
      name: "a number that is ignored among colours",
      data: ["colors": "{background: [0, 0, 0], cell: [64, 0, 128]}", "ignore": "[255]"],
      messages: [
        "data.ignore names 255, but masks are read by their colours (write the name of a "
          + "colour of data.colors, or leave it out)"
      ]),
    WrongDataSet(
      name: "an ignored name that has no colour",
      data: ["colors": "{background: [0, 0, 0], cell: [64, 0, 128]}", "ignore": "[viod]"],
      messages: [
        "data.ignore names 'viod', which data.colors does not (one of background, cell)"
      ]),
    WrongDataSet(
      name: "values and colours",
      data: ["colors": "{background: [0, 0, 0], cell: [64, 0, 128]}", "values": "binary"],
      messages: [
        "'values' and 'colors' exclude each other in data (leave one of them out)"
      ]),
    WrongDataSet(
      name: "a mask outside the palette of PASCAL VOC",
      data: ["colors": "pascal"],
      spoil: {
        try $0.writeColourMasks([0, 0, 0], [0, 128, 0])
      },
      messages: [
        "data.colors: 3 masks hold what is not listed",
        "train.txt:1: mask a-mask.png: holds colour 0 128 0 'bicycle' (32 pixels, the first at x "
          + "0, y 4), which no class has in the palette of PASCAL VOC, where class 1, 'cell', has "
          + "128 0 0: list the colours of the classes in data.colors, or add the name to data.ignore "
          + "where it means unlabelled",
        "so do train.txt:2, val.txt:1",
      ]),
    WrongDataSet(
      name: "a class of PASCAL VOC that is not listed",
      data: ["colors": "pascal", "classes": "[background, cow]"],
      spoil: {
        try $0.writeColourMasks([0, 0, 0], [192, 128, 128])
      },
      messages: [
        "data.colors: 3 masks hold what is not listed",
        "train.txt:1: mask a-mask.png: holds colour 192 128 128 'person' (32 pixels, the first at x "
          + "0, y 4), which no class has in the palette of PASCAL VOC: add the name to "
          + "data.classes, or to data.ignore where it means unlabelled",
        "so do train.txt:2, val.txt:1",
      ]),
    WrongDataSet(
      name: "a misspelt class of PASCAL VOC",
      data: ["colors": "pascal", "classes": "[background, persn, cow]"],
      messages: [
        "data.colors is pascal, where 'cow' is class 10, but 'persn' is none of its names, so that "
          + "classes go by position (list all colours in data.colors, or write names of "
          + "PASCAL VOC alone: did you mean 'person'?)"
      ]),
    WrongDataSet(
      name: "an ignored name that is not of PASCAL VOC",
      data: ["colors": "pascal", "ignore": "[persn]"],
      messages: [
        "data.ignore names 'persn', which is no class of PASCAL VOC (did you mean 'person'?)"
      ]),
    WrongDataSet(
      name: "a table with a colour out of range",
      data: ["colors": "table.csv"],
      spoil: {
        try $0.write("name,r,g,b\nbackground,0,0,0\ncell,64,0,300\n", to: "table.csv")
      },
      messages: [
        "data.colors: table.csv:3: 'cell,64,0,300' has '300' where colours are 0 to 255, "
          + "in every line"
      ]),
    WrongDataSet(
      name: "a table without colours",
      data: ["colors": "names.txt"],
      spoil: {
        try $0.write("background\ncell\n", to: "names.txt")
      },
      messages: [
        "data.colors: names.txt:1: 'background' has no colour: write name,r,g,b, the "
          + "numbers from 0 to 255"
      ]),
    WrongDataSet(
      name: "a class file with a header",
      data: ["classes": "names.txt"],
      spoil: {
        try $0.write("name\nbackground\ncell\n", to: "names.txt")
      },
      messages: [
        "data.classes: names.txt:1: 'name' is a class or a header: take the line out, or "
          + "write the names in the spec"
      ]),
    WrongDataSet(
      name: "a class file that is half a table",
      data: ["classes": "names.txt"],
      spoil: {
        try $0.write("background,0,0,0\ncell\n", to: "names.txt")
      },
      messages: [
        "data.classes: names.txt:1: 'background,0,0,0' looks like the row of a table, but "
          + "not every line is one: write names alone, or a table from the first line to the "
          + "last"
      ]),
    WrongDataSet(
      name: "a class file whose ids have a gap",
      data: ["classes": "names.txt"],
      spoil: {
        try $0.write("0 background\n2 cell\n", to: "names.txt")
      },
      messages: [
        "data.classes: names.txt:2: '2 cell' has '2' where ids are 0 to 1, in every line"
      ]),
    WrongDataSet(
      name: "a class file whose heading of numbers is unknown",
      data: ["classes": "names.txt"],
      spoil: {
        try $0.write("rank,name\n1,background\n0,cell\n", to: "names.txt")
      },
      messages: [
        "data.classes: names.txt:1: 'rank' heads a column of numbers, and it is not clear what they "
          + "are: call it id where they are the ids of the classes, or leave it out (known are "
          + "name, id, r, g, b and a)"
      ]),
    WrongDataSet(
      name: "a class file of numbered names with a gap",
      data: ["classes": "names.txt"],
      spoil: {
        try $0.write("0: background\n2: cell\n", to: "names.txt")
      },
      messages: [
        "data.classes: names.txt:2: '2: cell' has '2' where ids are 0 to 1: write the names alone, "
          + "one a line, and what masks hold in data.values"
      ]),
    WrongDataSet(
      name: "a class file that is JSON",
      data: ["classes": "names.txt"],
      spoil: {
        try $0.write("[\"background\", \"cell\"]\n", to: "names.txt")
      },
      messages: [
        "data.classes: names.txt:1: is JSON: write one name a line"
      ]),
    WrongDataSet(
      name: "a weight of no class",
      losses: "losses: {cross_entropy: {class_weights: {cel: 20}}}\n",
      messages: [
        "losses.cross_entropy.class_weights: there is no class 'cel' (did you mean "
          + "'cell'?)"
      ]),
  ]
}
