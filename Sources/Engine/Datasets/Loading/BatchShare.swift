/// Which batches of every step a process trains on, where several share them: those whose number in the step
/// leaves the process's own when it is divided by the number of processes.
package struct BatchShare: Sendable, Hashable {
  /// Of the process, from 0.
  package let number: Int
  /// How many processes there are.
  package let count: Int
  /// Batches of a step.
  private var perStep = 1

  /// - Precondition: `number` is below `count`.
  package init(number: Int, of count: Int) {
    precondition(number >= 0 && number < count)
    (self.number, self.count) = (number, count)
  }

  /// All batches.
  package static let whole = BatchShare(number: 0, of: 1)

  /// The same share of steps of so many batches.
  ///
  /// - Precondition: there are no more processes than batches.
  func of(_ batchesPerStep: Int) -> BatchShare {
    precondition(count <= batchesPerStep)
    var share = self
    share.perStep = batchesPerStep
    return share
  }

  /// The number, among all batches, of one of the process's own. Both are counted from the beginning of a step.
  func batch(_ own: Int) -> Int {
    guard count > 1 else { return own }
    let ofEachStep = (perStep - number + count - 1) / count
    let (step, place) = own.quotientAndRemainder(dividingBy: ofEachStep)
    return step * perStep + place * count + number
  }
}
