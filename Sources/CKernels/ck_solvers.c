#include "ck_solvers.h"

#include <math.h>
#include <stddef.h>

#include "ck_dispatch.h"
#include "ck_parallel.h"

enum { CHUNK = 16384 };

static int chunks(long count) { return (int)((count + CHUNK - 1) / CHUNK); }
static long chunk_length(long count, long first) {
  return count - first < CHUNK ? count - first : CHUNK;
}

typedef struct {
  float *parameters;
  const float *gradients;
  float *velocity;
  long count;
  float rate, momentum, decay;
  int nesterov;
} sgd;

CK_KERNEL static void sgd_chunk(void *context, int unit) {
  const sgd *job = context;
  long first = (long)unit * CHUNK, length = chunk_length(job->count, first);
  float *restrict parameter = job->parameters + first;
  const float *restrict gradient = job->gradients + first;
  float rate = job->rate, momentum = job->momentum, decay = job->decay;
  if (!job->velocity) {
    for (long i = 0; i < length; i++)
      parameter[i] -= rate * (gradient[i] + decay * parameter[i]);
    return;
  }
  float *restrict velocity = job->velocity + first;
  // What is subtracted is a · g + b · v: v alone, or with Nesterov g + momentum · v.
  float of_gradient = job->nesterov ? 1.0f : 0.0f, of_velocity = job->nesterov ? momentum : 1.0f;
  for (long i = 0; i < length; i++) {
    float g = gradient[i] + decay * parameter[i];
    float v = momentum * velocity[i] + g;
    velocity[i] = v;
    parameter[i] -= rate * (of_gradient * g + of_velocity * v);
  }
}

void ck_sgd(float *parameters, const float *gradients, float *velocity, long count, float rate,
            float momentum, float decay, int nesterov, int threads) {
  sgd job = {parameters, gradients, velocity, count, rate, momentum, decay, nesterov};
  ck_parallel(threads, chunks(count), sgd_chunk, &job);
}

typedef struct {
  float *parameters;
  const float *gradients;
  float *first, *second, *maximum;
  long count;
  ck_adam_factors factors;
} adam;

CK_KERNEL static void adam_chunk(void *context, int unit) {
  const adam *job = context;
  long start = (long)unit * CHUNK, length = chunk_length(job->count, start);
  float *restrict parameter = job->parameters + start;
  const float *restrict gradient = job->gradients + start;
  float *restrict first = job->first + start, *restrict second = job->second + start;
  float *restrict maximum = job->maximum ? job->maximum + start : NULL;
  ck_adam_factors f = job->factors;
  for (long i = 0; i < length; i++) {
    float g = gradient[i] + f.decay * parameter[i];
    float m = f.beta1 * first[i] + f.one_minus_beta1 * g;
    float v = f.beta2 * second[i] + f.one_minus_beta2 * (g * g);
    first[i] = m;
    second[i] = v;
    if (maximum) {
      v = maximum[i] > v ? maximum[i] : v;  // in this order a NaN is kept
      maximum[i] = v;
    }
    parameter[i] -= f.rate * (m / (sqrtf(v) * f.second_correction + f.epsilon));
  }
}

void ck_adam(float *parameters, const float *gradients, float *first, float *second,
             float *maximum, long count, ck_adam_factors factors, int threads) {
  adam job = {parameters, gradients, first, second, maximum, count, factors};
  ck_parallel(threads, chunks(count), adam_chunk, &job);
}
