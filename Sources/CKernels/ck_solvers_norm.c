#include "ck_solvers_chunk.h"

// Solvers whose steps are measured against the norms of each tensor: one pass writes two sums of
// squares a chunk, these are added in the order of the chunks, a second pass takes the step.

typedef struct {
  double parameters, update;
} squares;

// The next tensor's sums of squares; `unit` moves on to the chunk behind it.
static squares tensor_squares(const ck_solver_step *step, const double *partial_sums, int *unit) {
  squares total = {0, 0};
  int tensor = step->chunks[*unit].tensor;
  for (; *unit < step->count && step->chunks[*unit].tensor == tensor; ++*unit) {
    total.parameters += partial_sums[2 * *unit];
    total.update += partial_sums[2 * *unit + 1];
  }
  return total;
}

typedef struct {
  ck_solver_step step;
  float *first, *second;
  ck_adam_factors factors;
  float first_correction;
  ck_norm_scratch scratch;
} lamb;

CK_INLINE float lamb_direction(const lamb *job, float m, float v, float parameter, float decay) {
  ck_adam_factors f = job->factors;
  return m * job->first_correction / (sqrtf(v) * f.second_correction + f.epsilon)
         + decay * parameter;
}

CK_KERNEL static void lamb_moments_chunk(void *context, int unit) {
  const lamb *job = context;
  ck_solver_step step = job->step;
  ck_parameter_chunk chunk = step.chunks[unit];
  ck_adam_factors f = job->factors;
  float decay = f.decay * chunk.decay_multiplier;
  ck_squares parameter_squares = 0, direction_squares = 0;
  float direction[CK_SQUARES];
  for (int done = 0; done < chunk.length; done += CK_SQUARES) {
    int count = chunk.length - done < CK_SQUARES ? chunk.length - done : CK_SQUARES;
    const float *restrict parameter = step.parameters + chunk.start + done;
    const float *restrict gradient = step.gradients + chunk.start + done;
    float *restrict first = job->first + chunk.start + done;
    float *restrict second = job->second + chunk.start + done;
    for (int i = 0; i < count; i++) {
      float g = ck_clip(step, gradient[i]);
      float m = f.beta1 * first[i] + f.one_minus_beta1 * g;
      float v = f.beta2 * second[i] + f.one_minus_beta2 * (g * g);
      first[i] = m;
      second[i] = v;
      direction[i] = lamb_direction(job, m, v, parameter[i], decay);
    }
    ck_add_squares(&parameter_squares, parameter, count);
    ck_add_squares(&direction_squares, direction, count);
  }
  job->scratch.partial_sums[2 * unit] = ck_total_squares(&parameter_squares);
  job->scratch.partial_sums[2 * unit + 1] = ck_total_squares(&direction_squares);
}

CK_KERNEL static void lamb_step_chunk(void *context, int unit) {
  const lamb *job = context;
  ck_parameter_chunk chunk = job->step.chunks[unit];
  float *restrict parameter = job->step.parameters + chunk.start;
  const float *restrict first = job->first + chunk.start;
  const float *restrict second = job->second + chunk.start;
  float decay = job->factors.decay * chunk.decay_multiplier;
  float rate = job->factors.rate * chunk.rate_multiplier * job->scratch.ratios[chunk.tensor];
  for (int i = 0; i < chunk.length; i++)
    parameter[i] -= rate * lamb_direction(job, first[i], second[i], parameter[i], decay);
}

void ck_lamb(ck_solver_step step, float *first, float *second, ck_adam_factors factors,
             float first_correction, ck_norm_scratch scratch) {
  lamb job = {step, first, second, factors, first_correction, scratch};
  ck_parallel(step.threads, step.count, lamb_moments_chunk, &job);
  for (int unit = 0; unit < step.count;) {
    int tensor = step.chunks[unit].tensor;
    squares total = tensor_squares(&step, scratch.partial_sums, &unit);
    scratch.ratios[tensor] = total.parameters > 0 && total.update > 0
                                 ? (float)(sqrt(total.parameters) / sqrt(total.update))
                                 : 1.0f;
  }
  ck_parallel(step.threads, step.count, lamb_step_chunk, &job);
}

typedef struct {
  ck_solver_step step;
  float *velocity;
  ck_lars_factors factors;
  ck_norm_scratch scratch;
} lars;

CK_KERNEL static void lars_norms_chunk(void *context, int unit) {
  const lars *job = context;
  ck_solver_step step = job->step;
  ck_parameter_chunk chunk = step.chunks[unit];
  ck_squares parameter_squares = 0, gradient_squares = 0;
  float clipped[CK_SQUARES];
  for (int done = 0; done < chunk.length; done += CK_SQUARES) {
    int count = chunk.length - done < CK_SQUARES ? chunk.length - done : CK_SQUARES;
    const float *gradient = step.gradients + chunk.start + done;
    for (int i = 0; i < count; i++) clipped[i] = ck_clip(step, gradient[i]);
    ck_add_squares(&parameter_squares, step.parameters + chunk.start + done, count);
    ck_add_squares(&gradient_squares, clipped, count);
  }
  job->scratch.partial_sums[2 * unit] = ck_total_squares(&parameter_squares);
  job->scratch.partial_sums[2 * unit + 1] = ck_total_squares(&gradient_squares);
}

CK_KERNEL static void lars_step_chunk(void *context, int unit) {
  const lars *job = context;
  ck_solver_step step = job->step;
  ck_parameter_chunk chunk = step.chunks[unit];
  float *restrict parameter = step.parameters + chunk.start;
  const float *restrict gradient = step.gradients + chunk.start;
  float *restrict velocity = job->velocity + chunk.start;
  float decay = job->factors.decay * chunk.decay_multiplier;
  float rate = job->factors.rate * chunk.rate_multiplier;
  float ratio = job->scratch.ratios[chunk.tensor], momentum = job->factors.momentum;
  for (int i = 0; i < chunk.length; i++) {
    float g = ck_clip(step, gradient[i]) + decay * parameter[i];
    float v = momentum * velocity[i] + ratio * g;
    velocity[i] = v;
    parameter[i] -= rate * v;
  }
}

void ck_lars(ck_solver_step step, float *velocity, ck_lars_factors factors,
             ck_norm_scratch scratch) {
  lars job = {step, velocity, factors, scratch};
  ck_parallel(step.threads, step.count, lars_norms_chunk, &job);
  for (int unit = 0; unit < step.count;) {
    ck_parameter_chunk chunk = step.chunks[unit];
    squares total = tensor_squares(&step, scratch.partial_sums, &unit);
    double weights = sqrt(total.parameters), gradients = sqrt(total.update);
    double decay = (double)factors.decay * (double)chunk.decay_multiplier;
    scratch.ratios[chunk.tensor] =
        weights > 0 && gradients > 0
            ? (float)(factors.trust * weights / (gradients + decay * weights + factors.epsilon))
            : 1.0f;
  }
  ck_parallel(step.threads, step.count, lars_step_chunk, &job);
}
