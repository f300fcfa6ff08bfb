#ifndef CK_TRANSFORM_H
#define CK_TRANSFORM_H

#include "ck_layout.h"

// Features whose first `size` channels are moved by a matrix of each sample, which is the identity and what
// its tensor holds: size² channels at one place, row by row.
typedef struct {
  ck_layout layout;  // of the features
  ck_layout matrix;
  int size;          // at most CK_TRANSFORM_MAX, and no more than the features have channels
  int threads;
} ck_transforming;

enum { CK_TRANSFORM_MAX = 128 };

// y[j] = x[j] + Σ_i x[i] · t[i][j], i ascending; the other channels are copied. With `transposed`
// y[i] = x[i] + Σ_j t[i][j] · x[j], which with dy in place of x is the gradient of x. Added to y if
// `accumulate`.
void ck_transform(const ck_transforming *by, ck_tensor x, ck_tensor t, ck_tensor y, int transposed,
                  int accumulate);
// dt[i][j] = Σ x[i] · dy[j] over the places of a sample; added to dt if `accumulate`.
void ck_transform_matrix_gradient(const ck_transforming *by, ck_tensor x, ck_tensor dy,
                                  ck_tensor dt, int accumulate);

#endif
