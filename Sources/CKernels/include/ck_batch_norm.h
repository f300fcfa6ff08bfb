#ifndef CK_BATCH_NORM_H
#define CK_BATCH_NORM_H

#include "ck_layout.h"

// Batch normalisation (Ioffe & Szegedy 2015) with the activation behind it:
//   normal = (x - mean[c]) / sqrt(variance[c] + epsilon)
//   z      = normal · scale[c] + shift[c]
//   y      = z where z > 0, else slope[c] · z, but at most the ceiling
typedef struct {
  ck_layout layout;
  const float *scale, *shift;  // [c]
  const float *slope;          // [c] of a PReLU; NULL: `negative` in all channels
  float negative;              // 1 without an activation, 0 for a ReLU
  float ceiling;               // a NaN where there is none
  float epsilon;
  int frozen;                  // whether mean and variance are constants, and no function of x
  int threads;
} ck_batch_norm;

// Normalises with the batch's mean and variance, writes these to `saved` as mean [c] and inverse
// deviation [c], and updates running = (1 - momentum) · running + momentum · batch with the
// unbiased variance (the biased one where a channel has a single value).
//
// Reads x from memory twice: the mean and the sum of squared deviations of a chunk are computed
// while it is in the cache, and merged across chunks in double (Chan, Golub & LeVeque 1979).
void ck_batch_norm_train(const ck_batch_norm *norm, float momentum, ck_tensor x, ck_tensor y,
                         float *running_mean, float *running_variance, float *saved,
                         float *scratch);

// The same with the running mean and variance, which stay what they are; for a frozen norm.
void ck_batch_norm_train_frozen(const ck_batch_norm *norm, ck_tensor x, ck_tensor y,
                                const float *running_mean, const float *running_variance,
                                float *saved);

// Computes y of ck_batch_norm_train or ck_batch_norm_train_frozen once more, to the same bits.
void ck_batch_norm_repeat(const ck_batch_norm *norm, ck_tensor x, ck_tensor y, const float *saved);

// Normalises with the running mean and variance.
void ck_batch_norm_evaluate(const ck_batch_norm *norm, ck_tensor x, ck_tensor y,
                            const float *running_mean, const float *running_variance,
                            float *scratch);

// Gradients after ck_batch_norm_train or ck_batch_norm_train_frozen. dx is added to if `accumulate`,
// and may be empty, or be dy; dslope may be NULL where slope is.
void ck_batch_norm_backward(const ck_batch_norm *norm, ck_tensor x, const float *saved,
                            ck_tensor dy, ck_tensor dx, int accumulate, float *dscale,
                            float *dshift, float *dslope, float *scratch);

// Floats of `saved` and of `scratch`.
long ck_batch_norm_saved(ck_layout layout);
long ck_batch_norm_scratch(ck_layout layout);

#endif
