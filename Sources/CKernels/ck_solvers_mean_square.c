#include "ck_solvers_chunk.h"

typedef struct {
  ck_solver_step step;
  float *squares, *mean, *velocity;
  ck_mean_square_factors factors;
} mean_square;

CK_KERNEL static void adagrad_chunk(void *context, int unit) {
  const mean_square *job = context;
  ck_solver_step step = job->step;
  ck_parameter_chunk chunk = step.chunks[unit];
  float *restrict parameter = step.parameters + chunk.start;
  const float *restrict gradient = step.gradients + chunk.start;
  float *restrict squares = job->squares + chunk.start;
  ck_mean_square_factors f = job->factors;
  float rate = f.rate * chunk.rate_multiplier, decay = f.decay * chunk.decay_multiplier;
  for (int i = 0; i < chunk.length; i++) {
    float g = ck_clip(step, gradient[i]) + decay * parameter[i];
    float s = squares[i] + g * g;
    squares[i] = s;
    parameter[i] -= rate * (g / (sqrtf(s) + f.epsilon));
  }
}

void ck_adagrad(ck_solver_step step, float *squares, ck_mean_square_factors factors) {
  mean_square job = {step, squares, NULL, NULL, factors};
  ck_parallel(step.threads, step.count, adagrad_chunk, &job);
}

CK_INLINE void rmsprop_update(const mean_square *job, int unit, int centered, int has_momentum) {
  ck_solver_step step = job->step;
  ck_parameter_chunk chunk = step.chunks[unit];
  float *restrict parameter = step.parameters + chunk.start;
  const float *restrict gradient = step.gradients + chunk.start;
  float *restrict squares = job->squares + chunk.start;
  float *restrict mean = centered ? job->mean + chunk.start : NULL;
  float *restrict velocity = has_momentum ? job->velocity + chunk.start : NULL;
  ck_mean_square_factors f = job->factors;
  float rate = f.rate * chunk.rate_multiplier, decay = f.decay * chunk.decay_multiplier;
  for (int i = 0; i < chunk.length; i++) {
    float g = ck_clip(step, gradient[i]) + decay * parameter[i];
    float s = f.retention * squares[i] + f.one_minus_retention * (g * g);
    squares[i] = s;
    if (centered) {
      float a = f.retention * mean[i] + f.one_minus_retention * g;
      mean[i] = a;
      s -= a * a;
      s = s < 0 ? 0 : s;  // rounding may leave less than nothing; a NaN is kept
    }
    float u = g / (sqrtf(s) + f.epsilon);
    if (has_momentum) {
      u = f.momentum * velocity[i] + u;
      velocity[i] = u;
    }
    parameter[i] -= rate * u;
  }
}

CK_KERNEL static void rmsprop_chunk(void *job, int unit) { rmsprop_update(job, unit, 0, 0); }
CK_KERNEL static void rmsprop_momentum_chunk(void *job, int unit) {
  rmsprop_update(job, unit, 0, 1);
}
CK_KERNEL static void rmsprop_centered_chunk(void *job, int unit) {
  rmsprop_update(job, unit, 1, 0);
}
CK_KERNEL static void rmsprop_centered_momentum_chunk(void *job, int unit) {
  rmsprop_update(job, unit, 1, 1);
}

void ck_rmsprop(ck_solver_step step, float *squares, float *mean, float *velocity,
                ck_mean_square_factors factors) {
  mean_square job = {step, squares, mean, velocity, factors};
  ck_body body = mean ? velocity ? rmsprop_centered_momentum_chunk : rmsprop_centered_chunk
                      : velocity ? rmsprop_momentum_chunk : rmsprop_chunk;
  ck_parallel(step.threads, step.count, body, &job);
}

CK_KERNEL static void adadelta_chunk(void *context, int unit) {
  const mean_square *job = context;
  ck_solver_step step = job->step;
  ck_parameter_chunk chunk = step.chunks[unit];
  float *restrict parameter = step.parameters + chunk.start;
  const float *restrict gradient = step.gradients + chunk.start;
  float *restrict squares = job->squares + chunk.start;
  float *restrict changes = job->mean + chunk.start;
  ck_mean_square_factors f = job->factors;
  float rate = f.rate * chunk.rate_multiplier, decay = f.decay * chunk.decay_multiplier;
  for (int i = 0; i < chunk.length; i++) {
    float g = ck_clip(step, gradient[i]) + decay * parameter[i];
    float s = f.retention * squares[i] + f.one_minus_retention * (g * g);
    float u = sqrtf(changes[i] + f.epsilon) / sqrtf(s + f.epsilon) * g;
    squares[i] = s;
    changes[i] = f.retention * changes[i] + f.one_minus_retention * (u * u);
    parameter[i] -= rate * u;
  }
}

void ck_adadelta(ck_solver_step step, float *squares, float *changes,
                 ck_mean_square_factors factors) {
  mean_square job = {step, squares, changes, NULL, factors};
  ck_parallel(step.threads, step.count, adadelta_chunk, &job);
}

typedef struct {
  ck_solver_step step;
  const float *start;
  float *sums, *squares;
  ck_madgrad_factors factors;
} madgrad;

CK_KERNEL static void madgrad_chunk(void *context, int unit) {
  const madgrad *job = context;
  ck_solver_step step = job->step;
  ck_parameter_chunk chunk = step.chunks[unit];
  float *restrict parameter = step.parameters + chunk.start;
  const float *restrict gradient = step.gradients + chunk.start;
  const float *restrict start = job->start + chunk.start;
  float *restrict sums = job->sums + chunk.start, *restrict squares = job->squares + chunk.start;
  ck_madgrad_factors f = job->factors;
  float rate = f.rate * chunk.rate_multiplier, decay = f.decay * chunk.decay_multiplier;
  for (int i = 0; i < chunk.length; i++) {
    float g = ck_clip(step, gradient[i]) + decay * parameter[i];
    float q = squares[i] + rate * (g * g), s = sums[i] + rate * g;
    squares[i] = q;
    sums[i] = s;
    float z = start[i] - s / (ck_cbrt(q) + f.epsilon);
    parameter[i] += f.one_minus_momentum * (z - parameter[i]);
  }
}

void ck_madgrad(ck_solver_step step, const float *start, float *sums, float *squares,
                ck_madgrad_factors factors) {
  madgrad job = {step, start, sums, squares, factors};
  ck_parallel(step.threads, step.count, madgrad_chunk, &job);
}
