#ifndef CK_FILTER_H
#define CK_FILTER_H

#include <stdint.h>

// Filters of planes [planes][h][w], mirrored beyond their edges as c b | a b c d | c b.

// Rows, then columns, with a kernel of 2 * radius + 1 values. `scratch` holds h * w + w + 2 * radius.
void ck_separable_filter(const float *source, float *target, int planes, int h, int w,
                         const float *kernel, int radius, float *scratch);
// The Gaussian's kernel, its sum 1.
void ck_gaussian(float *kernel, int radius, double deviation);
// Sum of weights[k] * the value at (y + rows[k], x + columns[k]).
void ck_scattered_filter(const float *source, float *target, int planes, int h, int w,
                         const int *rows, const int *columns, const float *weights, int taps);
// Of size × size values: 3, 5 or 7.
void ck_median_filter(const float *source, float *target, int planes, int h, int w, int size);
// The least of the value and its four neighbours; what lies beyond the edge does not count.
void ck_erode_cross(const float *source, float *target, int planes, int h, int w);

#endif
