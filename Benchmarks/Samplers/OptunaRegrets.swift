/// What Optuna 5.0.0 reaches with its defaults in the same synchronous batches: the mean regret of 20 seeds
/// (of 10 for `gp` in batches of 4) and its standard error. A batch of 0 is a generation of CMA-ES.
struct OptunaRegret {
  let function: String
  let method: String
  let batch: Int
  let trials: Int
  let mean: Double
  let error: Double

  private init(
    _ function: String, _ method: String, batch: Int, trials: Int, _ mean: Double, _ error: Double
  ) {
    (self.function, self.method, self.batch) = (function, method, batch)
    (self.trials, self.mean, self.error) = (trials, mean, error)
  }

  static let all: [OptunaRegret] = [
    .init("branin", "random", batch: 1, trials: 100, 0.4811, 0.094),
    .init("branin", "sobol", batch: 1, trials: 100, 0.4295, 0.088),
    .init("branin", "cma_es", batch: 0, trials: 100, 0.06975, 0.049),
    .init("branin", "cma_es", batch: 4, trials: 100, 0.2286, 0.097),
    .init("branin", "tpe joint: false", batch: 1, trials: 100, 0.08518, 0.019),
    .init("branin", "tpe joint: false", batch: 4, trials: 100, 0.07159, 0.014),
    .init("branin", "tpe", batch: 1, trials: 100, 0.02351, 0.0048),
    .init("branin", "tpe", batch: 4, trials: 100, 0.03773, 0.011),
    .init("hartmann6", "random", batch: 1, trials: 100, 1.173, 0.076),
    .init("hartmann6", "sobol", batch: 1, trials: 100, 1.152, 0.095),
    .init("hartmann6", "cma_es", batch: 0, trials: 100, 0.4367, 0.049),
    .init("hartmann6", "cma_es", batch: 4, trials: 100, 0.4858, 0.045),
    .init("hartmann6", "tpe joint: false", batch: 1, trials: 100, 0.3668, 0.052),
    .init("hartmann6", "tpe joint: false", batch: 4, trials: 100, 0.3557, 0.05),
    .init("hartmann6", "tpe", batch: 1, trials: 100, 0.1407, 0.022),
    .init("hartmann6", "tpe", batch: 4, trials: 100, 0.1986, 0.018),
    .init("ackley10", "random", batch: 1, trials: 100, 7.664, 0.18),
    .init("ackley10", "sobol", batch: 1, trials: 100, 7.655, 0.2),
    .init("ackley10", "cma_es", batch: 0, trials: 100, 4.657, 0.13),
    .init("ackley10", "cma_es", batch: 4, trials: 100, 4.556, 0.11),
    .init("ackley10", "tpe joint: false", batch: 1, trials: 100, 5.476, 0.19),
    .init("ackley10", "tpe joint: false", batch: 4, trials: 100, 5.624, 0.19),
    .init("ackley10", "tpe", batch: 1, trials: 100, 4.713, 0.24),
    .init("ackley10", "tpe", batch: 4, trials: 100, 4.781, 0.23),
    .init("segmix", "random", batch: 1, trials: 100, 0.05325, 0.0032),
    .init("segmix", "sobol", batch: 1, trials: 100, 0.04556, 0.0027),
    .init("segmix", "cma_es", batch: 0, trials: 100, 0.03121, 0.0024),
    .init("segmix", "cma_es", batch: 4, trials: 100, 0.02402, 0.0025),
    .init("segmix", "tpe joint: false", batch: 1, trials: 100, 0.02226, 0.0028),
    .init("segmix", "tpe joint: false", batch: 4, trials: 100, 0.01737, 0.0025),
    .init("segmix", "tpe", batch: 1, trials: 100, 0.02584, 0.0043),
    .init("segmix", "tpe", batch: 4, trials: 100, 0.0283, 0.0045),
    .init("segmix", "tpe group", batch: 1, trials: 100, 0.02525, 0.0035),
    .init("segmix", "tpe group", batch: 4, trials: 100, 0.02671, 0.0037),
    .init("branin", "gp", batch: 1, trials: 60, 7.074e-05, 2.1e-05),
    .init("branin", "gp", batch: 4, trials: 60, 7.931e-05, 4.7e-05),
    .init("hartmann6", "gp", batch: 1, trials: 60, 0.06479, 0.032),
    .init("hartmann6", "gp", batch: 4, trials: 60, 0.17, 0.076),
    .init("ackley10", "gp", batch: 1, trials: 60, 3.748, 0.22),
    .init("ackley10", "gp", batch: 4, trials: 60, 4.23, 0.29),
    .init("segmix", "gp", batch: 1, trials: 60, 0.02481, 0.0029),
    .init("segmix", "gp", batch: 4, trials: 60, 0.03017, 0.0056),
  ]
}
