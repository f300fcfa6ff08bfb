/// The answer to an event.
package enum Control: Sendable {
  case proceed
  /// Leave the training as it is; ``TrainingLoop/state`` is where to continue.
  case stop
}
