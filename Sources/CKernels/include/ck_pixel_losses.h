#if !defined(CK_PIXEL_LOSSES_H) || defined(CK_PIXEL_FORMULA)
#define CK_PIXEL_LOSSES_H

#include "ck_label.h"
#include "ck_layout.h"

// Losses of a pixel that depend on p, the probability that the softmax gives to the label, alone:
// each is its declaration and its formula at once. A formula reads
//
//     nll = −ln p        wrong = 1 − p        and its parameter,
//
// of which nll and wrong are exact also where they are far below the rounding of p, and sets
//
//     value = f(p)       slope = −p f′(p)     so that ∂f/∂z[c] = slope · (p[c] − onehot(y)[c]).
//
// The function of a name returns Σ weights[y] · value over valid pixels. Where gradient is not NULL,
// gradient_scale times the gradient of that sum is added to it.
// weights: [K]; partials: [ck_pixel_blocks], overwritten.
#ifndef CK_PIXEL_FORMULA
#define CK_PIXEL_FORMULA(NAME, PARAMETER, ...)                                                    \
  double NAME(ck_layout l, const float *logits, const ck_label *labels, const float *weights,     \
              float PARAMETER, float gradient_scale, float *gradient, double *partials, int threads);
#endif

// (1 − p)^gamma · −ln p. Below a chance of 1e-12 of being wrong it is taken as 0.
CK_PIXEL_FORMULA(ck_focal, gamma, {
  float power = ck_exp(gamma * ck_log(wrong));
  int counts = !(wrong < 1e-12f);
  value = counts ? power * nll : 0.0f;
  slope = counts ? power + gamma * (1.0f - wrong) * (power / wrong) * nll : 0.0f;
})

// (1 − p^q) / q, for q > 0. Near p = 1 by its series, which has no cancellation.
CK_PIXEL_FORMULA(ck_generalized_cross_entropy, q, {
  float x = q * nll;
  slope = ck_exp(-x);
  value = x < 1e-2f ? nll * (1.0f - x * (0.5f - x * (1.0f / 6.0f))) : (1.0f - slope) / q;
})

#undef CK_PIXEL_FORMULA
#endif
