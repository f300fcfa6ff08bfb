/// The answer to an event.
package enum Control: Sendable {
  case proceed
  /// Leave the training as it is; what the last `evaluationEnded` reported is where to continue.
  case stop
}
