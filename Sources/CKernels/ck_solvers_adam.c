#include "ck_solvers_chunk.h"

typedef struct {
  ck_solver_step step;
  float *first, *second, *maximum;
  ck_adam_factors factors;
} adam;

// Compiled once for each kind, so that no loop asks what it is.
typedef enum { PLAIN, LARGEST, UNADAPTED, BELIEF } adam_kind;

CK_INLINE void adam_update(const adam *job, int unit, adam_kind kind) {
  ck_solver_step step = job->step;
  ck_parameter_chunk chunk = step.chunks[unit];
  float *restrict parameter = step.parameters + chunk.start;
  const float *restrict gradient = step.gradients + chunk.start;
  float *restrict first = job->first + chunk.start, *restrict second = job->second + chunk.start;
  float *restrict maximum = kind == LARGEST ? job->maximum + chunk.start : NULL;
  ck_adam_factors f = job->factors;
  float rate = f.rate * chunk.rate_multiplier;
  float decay = f.decay * chunk.decay_multiplier;
  float shrink = f.shrink * chunk.rate_multiplier * chunk.decay_multiplier;
  for (int i = 0; i < chunk.length; i++) {
    float g = ck_clip(step, gradient[i]) + decay * parameter[i];
    float m = f.beta1 * first[i] + f.one_minus_beta1 * g;
    float deviation = kind == BELIEF ? g - m : g;
    float v = f.beta2 * second[i] + f.one_minus_beta2 * (deviation * deviation);
    if (kind == BELIEF) v += f.epsilon;
    first[i] = m;
    second[i] = v;
    if (kind == LARGEST) {
      v = maximum[i] > v ? maximum[i] : v;  // in this order a NaN is kept
      maximum[i] = v;
    }
    float u = kind == UNADAPTED ? m : m / (sqrtf(v) * f.second_correction + f.epsilon);
    parameter[i] -= rate * u + shrink * parameter[i];
  }
}

CK_KERNEL static void plain_chunk(void *job, int unit) { adam_update(job, unit, PLAIN); }
CK_KERNEL static void largest_chunk(void *job, int unit) { adam_update(job, unit, LARGEST); }
CK_KERNEL static void unadapted_chunk(void *job, int unit) { adam_update(job, unit, UNADAPTED); }
CK_KERNEL static void belief_chunk(void *job, int unit) { adam_update(job, unit, BELIEF); }

void ck_adam(ck_solver_step step, float *first, float *second, float *maximum,
             ck_adam_factors factors) {
  adam job = {step, first, second, maximum, factors};
  ck_parallel(step.threads, step.count, maximum ? largest_chunk : plain_chunk, &job);
}

void ck_adam_unadapted(ck_solver_step step, float *first, float *second, ck_adam_factors factors) {
  adam job = {step, first, second, NULL, factors};
  ck_parallel(step.threads, step.count, unadapted_chunk, &job);
}

void ck_adabelief(ck_solver_step step, float *first, float *second, ck_adam_factors factors) {
  adam job = {step, first, second, NULL, factors};
  ck_parallel(step.threads, step.count, belief_chunk, &job);
}

CK_KERNEL static void lion_chunk(void *context, int unit) {
  const adam *job = context;
  ck_solver_step step = job->step;
  ck_parameter_chunk chunk = step.chunks[unit];
  float *restrict parameter = step.parameters + chunk.start;
  const float *restrict gradient = step.gradients + chunk.start;
  float *restrict mean = job->first + chunk.start;
  ck_adam_factors f = job->factors;
  float rate = f.rate * chunk.rate_multiplier;
  float shrink = f.shrink * chunk.rate_multiplier * chunk.decay_multiplier;
  for (int i = 0; i < chunk.length; i++) {
    float g = ck_clip(step, gradient[i]);
    float c = f.beta1 * mean[i] + f.one_minus_beta1 * g;
    float sign = c > 0 ? 1.0f : c;  // 0 and NaN are their own signs
    sign = c < 0 ? -1.0f : sign;
    mean[i] = f.beta2 * mean[i] + f.one_minus_beta2 * g;
    parameter[i] -= rate * sign + shrink * parameter[i];
  }
}

void ck_lion(ck_solver_step step, float *mean, ck_adam_factors factors) {
  adam job = {step, mean, NULL, NULL, factors};
  ck_parallel(step.threads, step.count, lion_chunk, &job);
}
