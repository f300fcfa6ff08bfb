#ifndef CK_TTA_H
#define CK_TTA_H

// Test-time augmentation (TTA): images are transformed, and what a network says of them is
// transformed back and averaged. Patches of an image are averaged alike.

#include "ck_layout.h"

// A way to lay an image onto itself: pixel (y, x) of the transformed image shows that of the image
// at (y, x), or at (x, y) where it transposes, with the image's rows and columns counted from their
// ends where they are reversed. Only square images can be transposed.
typedef struct {
  int transposes, reverses_rows, reverses_columns;
} ck_symmetry;

// images, transformed [planes, h, w].
void ck_tta_transform(const float *images, int planes, int h, int w, ck_symmetry symmetry,
                      float *transformed, int threads);

// sums [N, K, H, W] += the softmax over the classes of a transformed image's logits, or the logits
// themselves, each pixel where the image has it. `first` writes instead of adding. The layout is of
// the logits.
void ck_tta_add(ck_layout l, const float *logits, ck_symmetry symmetry, int softmax, int first,
                float *sums, int threads);

// values := values · factor, or ln of that; what is less than the least normal number counts as it,
// so that ln is finite. NaN stays NaN.
void ck_tta_mean(float *values, long count, float factor, int logarithm, int threads);

// Bilinear with half-pixel centres, antialiased, as ck_resize_bilinear: source [planes, h, w],
// target [planes, target_h, target_w], which is added to unless `first`. `scratch` holds
// ck_resize_planes_scratch() values.
void ck_resize_planes(const float *source, int planes, int h, int w, float *target, int target_h,
                      int target_w, int first, float *scratch, int threads);
// The same for some rows of the target alone: [planes, rows, target_w].
void ck_resize_rows(const float *source, int planes, int h, int w, float *target, int target_h,
                    int target_w, int first_row, int rows, float *scratch, int threads);
long ck_resize_planes_scratch(int h, int w, int target_h, int target_w, int threads);

// Adds image n of a batch of patches' logits, or their softmax, times the weights [h, w] to sums that lie
// in the planes of an image of image_w columns and image_area pixels: `sums` points at the patch's first
// pixel in the first plane. Only the first rows and columns of the patch are added.
void ck_patch_add(ck_layout l, const float *logits, int n, int softmax, const float *weights, int rows,
                  int columns, float *sums, long image_w, long image_area, int threads);

// Adds the weights themselves, in the same way.
void ck_patch_add_weights(const float *weights, int w, int rows, int columns, float *totals,
                          long image_w);

// Divides planes of sums by their weights; where `logarithm` is not 0, takes ln of what results.
void ck_patch_mean(float *sums, int planes, const float *totals, long area, int logarithm, int threads);

// The probabilities of logits each of which stands for itself (`single`), 1 / (1 + e^-x), or of the
// logarithms of probabilities, e^x.
void ck_probabilities(const float *logits, int single, long count, float *probabilities);

#endif
