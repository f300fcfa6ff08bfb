#ifndef CK_COLUMNS_H
#define CK_COLUMNS_H

#include "ck_layout.h"

// The windows that a convolution sees, as columns of a matrix. A channel of the image is
// [depth][height][width]; along each axis, window i starts at i · stride - padding and takes every
// dilation-th value. Values outside the image count as zero. A row of windows lies along the width;
// there are depth · height of them, numbered slice by slice.
typedef struct {
  ck_extent image, windows;
  ck_extent kernel, stride, padding, dilation;
} ck_view;

// matrix [channels][kernel depth][kernel height][kernel width][count][windows.width] = the windows of
// rows first ..< first + count of an image [channels][depth][height][width]. One thread.
void ck_columns_from_image(const ck_view *view, const float *image, int channels, int first,
                           int count, float *matrix);
// The transpose of that: adds every value of the matrix to where it would come from.
void ck_columns_to_image(const ck_view *view, const float *matrix, int channels, int first,
                         int count, float *image);

// values[c][i] += bias[c] for channels rows of `count` values, `stride` apart, then clamped at zero
// from below if `relu`; bias may be NULL. One thread.
void ck_finish_rows(float *values, int channels, long stride, long count, const float *bias,
                    int relu);

#endif
