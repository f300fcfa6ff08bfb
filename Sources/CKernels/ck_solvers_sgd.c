#include "ck_solvers_chunk.h"

typedef struct {
  ck_solver_step step;
  float *velocity;
  ck_sgd_factors factors;
} sgd;

CK_KERNEL static void sgd_chunk(void *context, int unit) {
  const sgd *job = context;
  ck_solver_step step = job->step;
  ck_parameter_chunk chunk = step.chunks[unit];
  float *restrict parameter = step.parameters + chunk.start;
  const float *restrict gradient = step.gradients + chunk.start;
  float rate = job->factors.rate * chunk.rate_multiplier;
  float decay = job->factors.decay * chunk.decay_multiplier;
  float shrink = job->factors.shrink * chunk.rate_multiplier * chunk.decay_multiplier;
  if (!job->velocity) {
    for (int i = 0; i < chunk.length; i++) {
      float g = ck_clip(step, gradient[i]) + decay * parameter[i];
      parameter[i] -= rate * g + shrink * parameter[i];
    }
    return;
  }
  float *restrict velocity = job->velocity + chunk.start;
  // What is subtracted is a · g + b · v: v alone, or with Nesterov g + momentum · v.
  float momentum = job->factors.momentum;
  float of_gradient = job->factors.nesterov ? 1.0f : 0.0f;
  float of_velocity = job->factors.nesterov ? momentum : 1.0f;
  for (int i = 0; i < chunk.length; i++) {
    float g = ck_clip(step, gradient[i]) + decay * parameter[i];
    float v = momentum * velocity[i] + g;
    velocity[i] = v;
    parameter[i] -= rate * (of_gradient * g + of_velocity * v) + shrink * parameter[i];
  }
}

void ck_sgd(ck_solver_step step, float *velocity, ck_sgd_factors factors) {
  sgd job = {step, velocity, factors};
  ck_parallel(step.threads, step.count, sgd_chunk, &job);
}
