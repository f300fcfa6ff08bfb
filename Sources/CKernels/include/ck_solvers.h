#ifndef CK_SOLVERS_H
#define CK_SOLVERS_H

// One step of a solver over flat buffers of `count` elements, in one pass. Every element is
// computed for itself in float, so that the bits do not depend on the number of threads.
// In all: g = gradient + decay · parameter.

// v = momentum · v + g; parameter −= rate · v, with Nesterov rate · (g + momentum · v).
// Where velocity is NULL there is no momentum: parameter −= rate · g.
void ck_sgd(float *parameters, const float *gradients, float *velocity, long count, float rate,
            float momentum, float decay, int nesterov, int threads);

typedef struct {
  float rate;                // η / (1 − β₁ᵗ)
  float beta1, one_minus_beta1;
  float beta2, one_minus_beta2;
  float second_correction;   // 1 / √(1 − β₂ᵗ)
  float epsilon;
  float decay;
} ck_adam_factors;

// m = β₁ m + (1 − β₁) g; v = β₂ v + (1 − β₂) g²; u = v, or, where maximum is not NULL,
// u = maximum = max(maximum, v); parameter −= rate · m / (√u · second_correction + ε).
void ck_adam(float *parameters, const float *gradients, float *first, float *second,
             float *maximum, long count, ck_adam_factors factors, int threads);

#endif
