#include "ck_transform.h"

#include "ck_dispatch.h"
#include "ck_lanes.h"
#include "ck_parallel.h"

// Places are taken 64 at a time, as [channel][64], whatever the layout they come from.
enum { TILE = 64, TILES_OF_UNIT = 4, PLACES = TILE * TILES_OF_UNIT };

typedef struct {
  ck_transforming by;
  ck_tensor x, t, y, dy, dt;
  int units_of_sample, transposed, accumulate;
} pass;

CK_INLINE long place_of(ck_layout l, ck_tensor tensor, int n, int c, long pixel) {
  return n * tensor.stride + ck_index(l, 0, c, pixel);
}

CK_INLINE void read_channel(ck_layout l, ck_tensor from, int n, int c, long pixel, int count,
                            float *to) {
  long first = place_of(l, from, n, c, pixel);
  for (int k = 0; k < count; k++) to[k] = ck_value(from.values, first + (long)k * l.block, from.type);
  for (int k = count; k < TILE; k++) to[k] = 0;
}

CK_INLINE void write_channel(ck_layout l, ck_tensor to, int n, int c, long pixel, int count,
                             const float *from, int accumulate) {
  long first = place_of(l, to, n, c, pixel);
  for (int k = 0; k < count; k++) {
    long index = first + (long)k * l.block;
    float value = accumulate ? ck_value(to.values, index, to.type) + from[k] : from[k];
    ck_set(to.values, index, value, to.type);
  }
}

// matrix[j][i], the factor of input i in output j.
CK_INLINE void read_matrix(const pass *p, int n, float *matrix) {
  int size = p->by.size;
  for (int j = 0; j < size; j++)
    for (int i = 0; i < size; i++) {
      int channel = p->transposed ? j * size + i : i * size + j;
      matrix[j * size + i] =
          ck_value(p->t.values, place_of(p->by.matrix, p->t, n, channel, 0), p->t.type);
    }
}

CK_KERNEL static void transform_unit(void *context, int unit) {
  const pass *p = context;
  ck_layout l = p->by.layout;
  int size = p->by.size, n = unit / p->units_of_sample;
  long first = (long)(unit % p->units_of_sample) * PLACES, area = ck_area(l);
  float matrix[CK_TRANSFORM_MAX * CK_TRANSFORM_MAX], x[CK_TRANSFORM_MAX][TILE], y[TILE];
  read_matrix(p, n, matrix);
  for (long pixel = first; pixel < area && pixel < first + PLACES; pixel += TILE) {
    int count = area - pixel < TILE ? (int)(area - pixel) : TILE;
    for (int i = 0; i < size; i++) read_channel(l, p->x, n, i, pixel, count, x[i]);
    for (int j = 0; j < size; j++) {
      const float *row = matrix + j * size;
      for (int k = 0; k < TILE; k++) y[k] = x[j][k];
      for (int i = 0; i < size; i++)
        for (int k = 0; k < TILE; k++) y[k] += x[i][k] * row[i];
      write_channel(l, p->y, n, j, pixel, count, y, p->accumulate);
    }
    // The channels that are not moved, and the padding behind them, which is zero.
    for (int c = size; c < ck_blocks(l) * l.block; c++) {
      read_channel(l, p->x, n, c, pixel, count, y);
      write_channel(l, p->y, n, c, pixel, count, y, p->accumulate);
    }
  }
}

static int units_of_sample(ck_layout l) { return (int)((ck_area(l) + PLACES - 1) / PLACES); }

void ck_transform(const ck_transforming *by, ck_tensor x, ck_tensor t, ck_tensor y, int transposed,
                  int accumulate) {
  pass p = {.by = *by, .x = x, .t = t, .y = y, .units_of_sample = units_of_sample(by->layout),
            .transposed = transposed, .accumulate = accumulate};
  ck_parallel(by->threads, by->layout.n * p.units_of_sample, transform_unit, &p);
}

// One row of a sample's matrix: tile by tile in 64 lanes, which are folded in double precision.
CK_KERNEL static void matrix_gradient_unit(void *context, int unit) {
  const pass *p = context;
  ck_layout l = p->by.layout;
  int size = p->by.size, n = unit / size, i = unit % size;
  long area = ck_area(l);
  float x[TILE], dy[TILE];
  double sums[CK_TRANSFORM_MAX] = {0};
  for (long pixel = 0; pixel < area; pixel += TILE) {
    int count = area - pixel < TILE ? (int)(area - pixel) : TILE;
    read_channel(l, p->x, n, i, pixel, count, x);
    for (int j = 0; j < size; j++) {
      read_channel(l, p->dy, n, j, pixel, count, dy);
      for (int k = 0; k < TILE; k++) dy[k] *= x[k];
      for (int half = TILE / 2; half > 0; half /= 2)
        for (int k = 0; k < half; k++) dy[k] += dy[k + half];
      sums[j] += dy[0];
    }
  }
  ck_layout m = p->by.matrix;
  for (int j = 0; j < size; j++) {
    float sum = (float)sums[j];
    long index = place_of(m, p->dt, n, i * size + j, 0);
    if (p->accumulate) sum += ck_value(p->dt.values, index, p->dt.type);
    ck_set(p->dt.values, index, sum, p->dt.type);
  }
  // Zero in the lanes beyond the last channel, which the last row clears.
  if (i == size - 1)
    for (int c = m.c; c < ck_blocks(m) * m.block; c++)
      ck_set(p->dt.values, place_of(m, p->dt, n, c, 0), 0, p->dt.type);
}

void ck_transform_matrix_gradient(const ck_transforming *by, ck_tensor x, ck_tensor dy,
                                  ck_tensor dt, int accumulate) {
  pass p = {.by = *by, .x = x, .dy = dy, .dt = dt, .accumulate = accumulate};
  ck_parallel(by->threads, by->layout.n * by->size, matrix_gradient_unit, &p);
}
