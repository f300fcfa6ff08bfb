internal import CKernels

extension SolverStep {
  /// Applies a rule where the buffers lie, or on the host where their device does not have it.
  package func apply(_ rule: UpdateRule) {
    if parameters.device?.update(self, by: rule) == true { return }
    for tensors in [parameters, gradients] { tensors.download() }
    for tensors in state { tensors.download() }
    applyOnHost(rule)
    parameters.upload()
    for tensors in state { tensors.upload() }
  }

  /// The Euclidean norm of the gradients, each limited to ±`limit`.
  package func gradientNorm(limit: Float) -> Double {
    if let norm = parameters.device?.gradientNorm(of: self, limit: limit) { return norm }
    gradients.download()
    var kernel = self.kernel
    kernel.limit = limit
    return ck_gradient_norm(kernel, tensors.scratch.partial_sums)
  }

  private func applyOnHost(_ rule: UpdateRule) {
    func values(_ index: Int) -> UnsafeMutablePointer<Float> { state[index].values }
    let kernel = self.kernel
    switch rule {
    case .sgd(let velocity, let factors):
      ck_sgd(kernel, velocity.map(values), factors)
    case .adam(let first, let second, let maximum, let factors):
      ck_adam(kernel, values(first), values(second), maximum.map(values), factors)
    case .adamUnadapted(let first, let second, let factors):
      ck_adam_unadapted(kernel, values(first), values(second), factors)
    case .adaBelief(let first, let second, let factors):
      ck_adabelief(kernel, values(first), values(second), factors)
    case .lion(let mean, let factors):
      ck_lion(kernel, values(mean), factors)
    case .adaGrad(let squares, let factors):
      ck_adagrad(kernel, values(squares), factors)
    case .rmsProp(let squares, let mean, let velocity, let factors):
      ck_rmsprop(kernel, values(squares), mean.map(values), velocity.map(values), factors)
    case .adaDelta(let squares, let changes, let factors):
      ck_adadelta(kernel, values(squares), values(changes), factors)
    case .madgrad(let start, let sums, let squares, let factors):
      ck_madgrad(kernel, values(start), values(sums), values(squares), factors)
    case .lamb(let first, let second, let factors, let firstCorrection):
      ck_lamb(
        kernel, values(first), values(second), factors, firstCorrection, tensors.scratch)
    case .lars(let velocity, let factors):
      ck_lars(kernel, values(velocity), factors, tensors.scratch)
    case .keep(let buffer):
      ck_copy_parameters(kernel, values(buffer))
    case .restore(let buffer):
      ck_restore_parameters(kernel, values(buffer))
    case .climb(let buffer, let radius):
      ck_climb(kernel, values(buffer), radius, tensors.scratch.partial_sums)
    case .lookahead(let slow, let alpha):
      ck_lookahead(kernel, values(slow), alpha)
    }
  }

  /// The step as the kernels of the host take it.
  private var kernel: ck_solver_step {
    ck_solver_step(
      parameters: parameters.values, gradients: gradients.values,
      chunks: tensors.chunks.baseAddress, count: Int32(tensors.chunks.count),
      limit: clipping.limit, scale: clipping.scale, threads: Int32(threads))
  }
}

extension FlatTensors {
  /// Applies a rule where the buffers lie, or on the host where their device does not have it.
  ///
  /// - Precondition: the arrangements are the same.
  package func update(from source: FlatTensors, by rule: BufferRule, threads: Int) {
    precondition(count == source.count)
    if device?.update(self, from: source, by: rule, threads: threads) == true { return }
    download()
    source.download()
    switch rule {
    case .average(let part):
      ck_average(values, source.values, count, part, Int32(threads))
    case .gradientSum(let isFirst, let scale):
      ck_sum_gradients(
        values, source.values, count, isFirst ? 1 : 0, scale, Int32(threads))
    }
    upload()
  }
}
