#ifndef CK_SOLVERS_H
#define CK_SOLVERS_H

// One step of a solver over flat buffers that hold every parameter, its gradient and the solver's
// state. The buffers are cut into chunks, none of which crosses the border of a tensor. Every
// element is computed for itself in float, and norms are sums in double with a fixed order, so that
// the bits depend neither on the number of threads nor on what lies beside a tensor.
//
// In all: g = scale · clamp(gradient, ± limit) + decay · parameter, and `shrink` is what a decoupled
// decay takes off: parameter −= shrink · parameter. A chunk multiplies `rate` by its rate_multiplier,
// `decay` by its decay_multiplier and `shrink` by both.

typedef struct {
  long start;   // of its first element in the buffers
  int length;   // 1 … CK_SOLVER_CHUNK
  int tensor;   // chunks of one tensor follow each other
  float rate_multiplier, decay_multiplier;
} ck_parameter_chunk;

#define CK_SOLVER_CHUNK 16384

typedef struct {
  float *parameters;
  const float *gradients;
  const ck_parameter_chunk *chunks;
  int count;      // of chunks
  float limit;    // infinite where values are not clipped
  float scale;    // 1 where the norm is not clipped
  int threads;
} ck_solver_step;

// √Σ clamp(gradient, ± limit)² over all chunks. partial_sums: one for each chunk.
double ck_gradient_norm(ck_solver_step step, double *partial_sums);

// copy = parameters.
void ck_copy_parameters(ck_solver_step step, float *copy);

// parameters = copy.
void ck_restore_parameters(ck_solver_step step, const float *copy);

// copy = parameters; parameters += radius · gradient / (‖gradients‖ + 1e-12), gradients not clipped.
// Tensors with a rate_multiplier of 0 stay, and are no part of the norm. partial_sums: one for each
// chunk.
void ck_climb(ck_solver_step step, float *copy, double radius, double *partial_sums);

// slow += alpha · (parameter − slow); parameter = slow.
void ck_lookahead(ck_solver_step step, float *slow, float alpha);

typedef struct {
  float rate, momentum, decay, shrink;
  int nesterov;
} ck_sgd_factors;

// v = momentum · v + g; parameter −= rate · v, with Nesterov rate · (g + momentum · v).
// Where velocity is NULL there is no momentum: parameter −= rate · g.
void ck_sgd(ck_solver_step step, float *velocity, ck_sgd_factors factors);

typedef struct {
  float rate;                // η / (1 − β₁ᵗ)
  float beta1, one_minus_beta1;
  float beta2, one_minus_beta2;
  float second_correction;   // 1 / √(1 − β₂ᵗ)
  float epsilon;
  float decay, shrink;
} ck_adam_factors;

// m = β₁ m + (1 − β₁) g; v = β₂ v + (1 − β₂) g²; u = v, or, where maximum is not NULL,
// u = maximum = max(maximum, v); parameter −= rate · m / (√u · second_correction + ε).
void ck_adam(ck_solver_step step, float *first, float *second, float *maximum,
             ck_adam_factors factors);

// The moments as in ck_adam, but parameter −= rate · m: what RAdam does at first.
void ck_adam_unadapted(ck_solver_step step, float *first, float *second, ck_adam_factors factors);

// As ck_adam with v = β₂ v + (1 − β₂) (g − m)² + ε.
void ck_adabelief(ck_solver_step step, float *first, float *second, ck_adam_factors factors);

// c = β₁ m + (1 − β₁) g; parameter −= rate · sign(c); m = β₂ m + (1 − β₂) g.
// Corrections and epsilon are not used.
void ck_lion(ck_solver_step step, float *mean, ck_adam_factors factors);

typedef struct {
  float rate;
  float retention, one_minus_retention;
  float epsilon;
  float momentum;
  float decay;
} ck_mean_square_factors;

// s += g²; parameter −= rate · g / (√s + ε). Retention and momentum are not used.
void ck_adagrad(ck_solver_step step, float *squares, ck_mean_square_factors factors);

// s = α s + (1 − α) g²; d = √s + ε, or, where mean is not NULL, a = α a + (1 − α) g and
// d = √(s − a²) + ε; parameter −= rate · g / d, or, where velocity is not NULL,
// v = momentum · v + g / d and parameter −= rate · v.
void ck_rmsprop(ck_solver_step step, float *squares, float *mean, float *velocity,
                ck_mean_square_factors factors);

// s = ρ s + (1 − ρ) g²; Δ = √(u + ε) / √(s + ε) · g; u = ρ u + (1 − ρ) Δ²; parameter −= rate · Δ.
void ck_adadelta(ck_solver_step step, float *squares, float *changes,
                 ck_mean_square_factors factors);

typedef struct {
  float rate;                  // η √t
  float one_minus_momentum;
  float epsilon;
  float decay;
} ck_madgrad_factors;

// q += rate · g²; s += rate · g; z = start − s / (∛q + ε);
// parameter += one_minus_momentum · (z − parameter).
void ck_madgrad(ck_solver_step step, const float *start, float *sums, float *squares,
                ck_madgrad_factors factors);

// Room that solvers with norms need.
typedef struct {
  double *partial_sums;   // two for each chunk
  float *ratios;          // one for each tensor
} ck_norm_scratch;

// Moments as in ck_adam without decay in g; u = first_correction · m / (√v · second_correction + ε)
// + decay · parameter; r = ‖parameters‖ / ‖u‖ of the tensor, 1 where one of them is 0;
// parameter −= rate · r · u. `rate` is η alone.
void ck_lamb(ck_solver_step step, float *first, float *second, ck_adam_factors factors,
             float first_correction, ck_norm_scratch scratch);

typedef struct {
  float rate, momentum, decay;
  float trust;     // in what proportion a step may change a tensor
  float epsilon;
} ck_lars_factors;

// r = trust · ‖parameters‖ / (‖gradients‖ + decay · ‖parameters‖ + ε) of the tensor, 1 where one of
// the norms is 0; v = momentum · v + r · g; parameter −= rate · v.
void ck_lars(ck_solver_step step, float *velocity, ck_lars_factors factors,
             ck_norm_scratch scratch);

// Whole buffers, gaps included, whose values are no step's.

// sum = scale · gradients for the first part of a sum, scale · (sum + gradients) for another.
void ck_sum_gradients(float *sum, const float *gradients, long count, int is_first, float scale,
                      int threads);

// average += part · (values − average); a copy where part is 1.
void ck_average(float *average, const float *values, long count, float part, int threads);

#endif
