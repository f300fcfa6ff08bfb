extension TrialPlan {
  /// - Throws: ``Failure`` where samples are points, of which a command has no images to show or write.
  func requireImages(for command: String) throws(Failure) {
    guard trials.contains(where: { $0.spec.data.stack.points != nil }) else { return }
    throw Failure(
      .usage,
      "error: experiments \(command) is about images, and \(experiment) is about points: check, run, evaluate "
        + "and predict take points")
  }
}
