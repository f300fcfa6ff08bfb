internal import Groundwork

/// That a part of an epoch's draws is taken from the patches that hold a class; the rest is taken from all
/// patches, those of the class too.
package struct ClassBalance: Sendable, Hashable {
  /// The class, by its name.
  package var name: String
  /// The part of the draws, above 0; those of all classes together are below 1.
  package var share: Double
  /// A patch holds the class where at least this part of its labelled pixels is of it; 0: any pixel.
  package var least: Double

  package init(name: String, share: Double, least: Double = 0) {
    (self.name, self.share, self.least) = (name, share, least)
  }

  /// - Parameters:
  ///   - pixels: of the class in a patch.
  ///   - labelled: all labelled pixels of the patch.
  func isHeld(pixels: UInt64, of labelled: UInt64) -> Bool {
    pixels > 0 && Double(pixels) >= least * Double(labelled)
  }
}

extension DataConfiguration {
  /// The classes that are drawn more often, where the data is cut into patches.
  package var balance: [ClassBalance] {
    if case .patches(let patches) = geometry { patches.balance } else { [] }
  }

  /// Which of the balanced classes one sample holds, by their places.
  ///
  /// - Parameter statistics: of the sample alone.
  func heldClasses(_ statistics: ClassStatistics) -> [Int] {
    balance.indices.filter { place in
      guard let id = classes.firstIndex(of: balance[place].name) else { return false }
      return balance[place].isHeld(
        pixels: statistics.pixels[id], of: statistics.pixelsOfImagesWithClass[id])
    }
  }
}

extension [ClassBalance] {
  /// What does not go together, or with the classes.
  func problems(classes: [String]) -> [DataProblem] {
    var problems: [DataProblem] = []
    for balance in self {
      let key = "data.patches.balance.\(balance.name)"
      if !classes.contains(balance.name) {
        problems.append(DataProblem("\(key): there is no class of that name"))
      }
      if !(balance.share > 0 && balance.share < 1) || !(0...1).contains(balance.least) {
        problems.append(DataProblem("\(key) needs a share between 0 and 1"))
      }
    }
    if map(\.share).reduce(0, +) >= 1 {
      problems.append(
        DataProblem("data.patches.balance leaves no draws to patches of all classes"))
    }
    return problems
  }
}

extension DataProblem {
  /// No patch to train on holds a class that is to be drawn.
  static func nothingHolds(_ balance: ClassBalance) -> DataProblem {
    let least = balance.least > 0 ? " in \(balance.least) of its labelled pixels or more" : ""
    let remedy = balance.least > 0 ? ": lower least, or leave the class out" : ": leave it out"
    return DataProblem(
      setting: "patches.balance.\(balance.name)",
      "no patch to train on holds class \(balance.name)\(least)\(remedy)")
  }
}
