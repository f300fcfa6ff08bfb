#ifndef CK_COLUMNS_H
#define CK_COLUMNS_H

#include "ck_layout.h"

// The windows that a convolution sees, as columns of a matrix. A large image is [height][width] a
// channel; window (row, column) of rows × columns windows starts at
// (row · stride_height - padding_height, column · stride_width - padding_width) and takes every
// dilation-th value. Values outside the image count as zero.
typedef struct {
  int height, width;
  int rows, columns;
  int kernel_height, kernel_width;
  int stride_height, stride_width;
  int padding_height, padding_width;
  int dilation_height, dilation_width;
} ck_view;

// matrix [channels][kernel_height][kernel_width][count][columns] = the windows of rows
// first ..< first + count of an image [channels][height][width]. One thread.
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
