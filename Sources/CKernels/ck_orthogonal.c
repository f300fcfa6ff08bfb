#include "ck_orthogonal.h"

#include <math.h>
#include <stdlib.h>

#include "ck_lanes.h"

#define LANES 16

// Products are summed up in as many parts, so that the order is fixed on every processor.
CK_KERNEL static double dot(const float *a, const float *b, long count) {
  double sums[LANES] = {0}, sum = 0;
  long whole = count - count % LANES;
  for (long i = 0; i < whole; i += LANES)
    for (int lane = 0; lane < LANES; lane++) sums[lane] += (double)a[i + lane] * b[i + lane];
  for (long i = whole; i < count; i++) sums[0] += (double)a[i] * b[i];
  for (int lane = 0; lane < LANES; lane++) sum += sums[lane];
  return sum;
}

CK_KERNEL static void subtract(float *a, const float *b, float factor, long count) {
  for (long i = 0; i < count; i++) a[i] -= factor * b[i];
}

// Vectors are rows of `matrix`; they become orthonormal.
static void orthonormalize_rows(float *matrix, long rows, long columns) {
  for (long row = 0; row < rows; row++) {
    float *vector = matrix + row * columns;
    for (int pass = 0; pass < 2; pass++)
      for (long other = 0; other < row; other++) {
        const float *done = matrix + other * columns;
        subtract(vector, done, (float)dot(vector, done, columns), columns);
      }
    float scale = (float)(1 / sqrt(dot(vector, vector, columns)));
    for (long i = 0; i < columns; i++) vector[i] *= scale;
  }
}

static void transpose(const float *matrix, long rows, long columns, float *result) {
  for (long row = 0; row < rows; row++)
    for (long column = 0; column < columns; column++)
      result[column * rows + row] = matrix[row * columns + column];
}

void ck_orthogonalize(float *matrix, long rows, long columns, float gain) {
  if (rows <= columns) {
    orthonormalize_rows(matrix, rows, columns);
  } else {
    float *turned = malloc((size_t)(rows * columns) * sizeof(float));
    assert(turned);
    transpose(matrix, rows, columns, turned);
    orthonormalize_rows(turned, columns, rows);
    transpose(turned, columns, rows, matrix);
    free(turned);
  }
  for (long i = 0; i < rows * columns; i++) matrix[i] *= gain;
}
