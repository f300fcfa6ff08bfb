#include "ck_solvers_chunk.h"

#include <string.h>

typedef struct {
  ck_solver_step step;
  float *state;
  float alpha;
  double *partial_sums;
} whole;

CK_KERNEL static void gradient_squares_chunk(void *context, int unit) {
  const whole *job = context;
  ck_parameter_chunk chunk = job->step.chunks[unit];
  ck_solver_step step = job->step;
  const float *gradient = step.gradients + chunk.start;
  ck_squares sums = 0;
  float clipped[CK_SQUARES];
  for (int first = 0; first < chunk.length; first += CK_SQUARES) {
    int count = chunk.length - first < CK_SQUARES ? chunk.length - first : CK_SQUARES;
    for (int i = 0; i < count; i++) clipped[i] = ck_clip(step, gradient[first + i]);
    ck_add_squares(&sums, clipped, count);
  }
  job->partial_sums[unit] = ck_total_squares(&sums);
}

double ck_gradient_norm(ck_solver_step step, double *partial_sums) {
  step.scale = 1;
  whole job = {.step = step, .partial_sums = partial_sums};
  ck_parallel(step.threads, step.count, gradient_squares_chunk, &job);
  double total = 0;
  for (int unit = 0; unit < step.count; unit++) total += partial_sums[unit];
  return sqrt(total);
}

static void copy_chunk(void *context, int unit) {
  const whole *job = context;
  ck_parameter_chunk chunk = job->step.chunks[unit];
  memcpy(job->state + chunk.start, job->step.parameters + chunk.start,
         (size_t)chunk.length * sizeof(float));
}

void ck_copy_parameters(ck_solver_step step, float *copy) {
  whole job = {.step = step, .state = copy};
  ck_parallel(step.threads, step.count, copy_chunk, &job);
}

CK_KERNEL static void lookahead_chunk(void *context, int unit) {
  const whole *job = context;
  ck_parameter_chunk chunk = job->step.chunks[unit];
  float *restrict parameter = job->step.parameters + chunk.start;
  float *restrict slow = job->state + chunk.start;
  for (int i = 0; i < chunk.length; i++) {
    float s = slow[i] + job->alpha * (parameter[i] - slow[i]);
    slow[i] = s;
    parameter[i] = s;
  }
}

void ck_lookahead(ck_solver_step step, float *slow, float alpha) {
  whole job = {.step = step, .state = slow, .alpha = alpha};
  ck_parallel(step.threads, step.count, lookahead_chunk, &job);
}
