#include "ck_solvers_chunk.h"

#include <string.h>

#include "ck_lanes.h"

// What is done with parameters and gradients around a solver's update.

typedef struct {
  ck_solver_step step;
  float *copy;
  const float *kept;
  float factor;
  double *partial_sums;
} climb;

static void restore_chunk(void *context, int unit) {
  const climb *job = context;
  ck_parameter_chunk chunk = job->step.chunks[unit];
  memcpy(job->step.parameters + chunk.start, job->kept + chunk.start,
         (size_t)chunk.length * sizeof(float));
}

void ck_restore_parameters(ck_solver_step step, const float *copy) {
  climb job = {.step = step, .kept = copy};
  ck_parallel(step.threads, step.count, restore_chunk, &job);
}

CK_KERNEL static void squares_chunk(void *context, int unit) {
  const climb *job = context;
  ck_parameter_chunk chunk = job->step.chunks[unit];
  ck_squares sums = 0;
  if (chunk.rate_multiplier != 0)
    ck_add_squares(&sums, job->step.gradients + chunk.start, chunk.length);
  job->partial_sums[unit] = ck_total_squares(&sums);
}

CK_KERNEL static void climb_chunk(void *context, int unit) {
  const climb *job = context;
  ck_parameter_chunk chunk = job->step.chunks[unit];
  float *restrict parameter = job->step.parameters + chunk.start;
  float *restrict copy = job->copy + chunk.start;
  const float *restrict gradient = job->step.gradients + chunk.start;
  for (int i = 0; i < chunk.length; i++) copy[i] = parameter[i];
  if (chunk.rate_multiplier == 0) return;
  for (int i = 0; i < chunk.length; i++) parameter[i] += job->factor * gradient[i];
}

void ck_climb(ck_solver_step step, float *copy, double radius, double *partial_sums) {
  climb job = {.step = step, .copy = copy, .partial_sums = partial_sums};
  ck_parallel(step.threads, step.count, squares_chunk, &job);
  double total = 0;
  for (int unit = 0; unit < step.count; unit++) total += partial_sums[unit];
  job.factor = (float)(radius / (sqrt(total) + 1e-12));
  ck_parallel(step.threads, step.count, climb_chunk, &job);
}

typedef struct {
  float *target;
  const float *source;
  long count;
  float factor;
  int is_first;
} whole;

CK_KERNEL static void sum_chunk(void *context, int unit) {
  const whole *job = context;
  float *restrict sum = job->target;
  const float *restrict gradients = job->source;
  float scale = job->factor;
  long start = ck_flat_start(unit), end = ck_flat_end(unit, job->count);
  if (job->is_first)
    for (long i = start; i < end; i++) sum[i] = scale * gradients[i];
  else
    for (long i = start; i < end; i++) sum[i] = scale * (sum[i] + gradients[i]);
}

void ck_sum_gradients(float *sum, const float *gradients, long count, int is_first, float scale,
                      int threads) {
  whole job = {sum, gradients, count, scale, is_first};
  ck_parallel(threads, ck_flat_units(count), sum_chunk, &job);
}

CK_KERNEL static void average_chunk(void *context, int unit) {
  const whole *job = context;
  float *restrict average = job->target;
  const float *restrict values = job->source;
  float part = job->factor;
  long start = ck_flat_start(unit), end = ck_flat_end(unit, job->count);
  if (part == 1)
    for (long i = start; i < end; i++) average[i] = values[i];
  else
    for (long i = start; i < end; i++) average[i] += part * (values[i] - average[i]);
}

void ck_average(float *average, const float *values, long count, float part, int threads) {
  whole job = {average, values, count, part, 0};
  ck_parallel(threads, ck_flat_units(count), average_chunk, &job);
}
