#ifndef CK_ELEMENTWISE_H
#define CK_ELEMENTWISE_H

// Over all stored values, padding included. Arrays may be the same array, but not overlap in part.

// y[i] = value
void ck_fill(float *y, long count, float value, int threads);
// y[i] = a[i] + b[i]
void ck_add(const float *a, const float *b, float *y, long count, int threads);
// y[i] += x[i]
void ck_accumulate(const float *x, float *y, long count, int threads);

#endif
