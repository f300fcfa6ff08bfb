import Foundation
@testable import Groundwork

extension WrongDataSet {
  /// What trains and what validates.
  static let splits: [WrongDataSet] = [
    WrongDataSet(
      name: "an image that trains and validates, spelled otherwise",
      spoil: { try $0.write("./b.png c-mask.png\n", to: "val.txt") },
      messages: [
        "val.txt:1: image ./b.png is also line 2 of train.txt: what validates must not have been "
          + "trained on"
      ]),
    WrongDataSet(
      name: "a copy that validates",
      spoil: { try $0.write(try $0.data("a.png"), to: "c.png") },
      messages: [
        "val.txt:1: image c.png is a copy of a.png, line 1 of train.txt: what validates must not "
          + "have been trained on"
      ]),
    WrongDataSet(
      name: "a link that validates",
      spoil: { workplace in
        let file = workplace.folder.appendingPathComponent("c.png")
        try FileManager.default.removeItem(at: file)
        try FileManager.default.createSymbolicLink(
          atPath: file.path, withDestinationPath: "a.png")
      },
      messages: [
        "val.txt:1: image c.png is also line 1 of train.txt: what validates must not have been "
          + "trained on"
      ]),
    WrongDataSet(
      name: "an image that is listed twice and a part of the list validates",
      data: ["validation": "0.4"],
      spoil: {
        try $0.write("a.png a-mask.png\nb.png b-mask.png\na.png a-mask.png\n", to: "train.txt")
      },
      messages: [
        "train.txt:3: image a.png is also line 1: what validates in one fold must not train in it"
      ]),
    WrongDataSet(
      name: "an image that is listed twice in folds",
      data: ["validation": "{folds: 2}"],
      spoil: {
        try $0.write("a.png a-mask.png\nb.png b-mask.png\na.png a-mask.png\n", to: "train.txt")
      },
      messages: [
        "train.txt:3: image a.png is also line 1: what validates in one fold must not train in it"
      ]),
    WrongDataSet(
      name: "a mask as its own image",
      spoil: { try $0.write("a-mask.png a-mask.png\nb.png b-mask.png\n", to: "train.txt") },
      messages: [
        "train.txt:1: image a-mask.png and mask a-mask.png are the same file"
      ]),
    WrongDataSet(
      name: "all of one group",
      data: ["validation": "0.4", "groups": "folder"],
      messages: [
        "train.txt: all 2 samples are of one group, of which no part can be held back: list more, "
          + "name a list in data.validation, or write data.groups: none where they have nothing to "
          + "do with each other"
      ]),
    WrongDataSet(
      name: "more folds than groups",
      data: ["validation": "{folds: 3}", "groups": "{pattern: \"(a|b|c)?.png\"}"],
      spoil: {
        try $0.write("a.png a-mask.png\nb.png b-mask.png\n./b.png b-mask.png\n", to: "train.txt")
      },
      messages: [
        "train.txt: 3 folds of 3 samples in 2 groups would leave some empty: use at most 2"
      ]),
    WrongDataSet(
      name: "a group that trains and validates",
      data: ["groups": "{pattern: \"png$\"}"],
      messages: [
        "val.txt:1: image c.png is of group 'png', as a.png (line 1 of train.txt) is: a group trains "
          + "or validates as a whole"
      ]),
    WrongDataSet(
      name: "an image without a group",
      data: ["validation": "0.4", "groups": "groups.txt"],
      spoil: { try $0.write("a.png x\n", to: "groups.txt") },
      messages: ["train.txt:2: image b.png has no group in groups.txt"]),
    WrongDataSet(
      name: "a pattern that is none",
      data: ["validation": "0.4", "groups": "{pattern: \"(\"}"],
      messages: ["data.groups.pattern is '(', which is no regular expression"]),
    WrongDataSet(
      name: "nothing to validate",
      data: ["ignore": "[7]"],
      spoil: { try $0.writeGrey("c-mask.png", Workplace.ids(7, 7)) },
      messages: ["no pixel of the validation masks has a label: all are in data.ignore"]),
    WrongDataSet(
      name: "a list that is not there",
      data: ["validation": "vla.txt"],
      messages: [
        "data.validation: vla.txt: does not exist: correct the path or data.root (did you mean "
          + "'val.txt'?)"
      ]),
    WrongDataSet(
      name: "a folder that is not there",
      data: ["root": "nowhere"],
      messages: ["data.root: there is no folder nowhere"]),
  ]
}
