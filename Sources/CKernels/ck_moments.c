#include "ck_moments.h"

typedef struct {
  ck_chunks cut;
  ck_tensor x;
  float *partials;
} moments;

// Adds whole periods to `sums`: the values, or the squares of their distances to `mean`.
CK_INLINE void add_values(const float *x, long count, ck_vector *sums, int vectors) {
  ck_vector sum[CK_MAX_VECTORS];
  for (int v = 0; v < vectors; v++) sum[v] = sums[v];
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) sum[v] += CK_LOAD(x + i);
  for (int v = 0; v < vectors; v++) sums[v] = sum[v];
}

CK_INLINE void add_squares(const float *x, long count, const ck_vector *mean, ck_vector *sums,
                           int vectors) {
  ck_vector sum[CK_MAX_VECTORS];
  for (int v = 0; v < vectors; v++) sum[v] = sums[v];
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector distance = CK_LOAD(x + i) - mean[v];
      sum[v] += distance * distance;
    }
  for (int v = 0; v < vectors; v++) sums[v] = sum[v];
}

CK_KERNEL static void chunk_moments(void *context, int unit) {
  const moments *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  float buffer[CK_CHUNK];
  const float *x = ck_open(p->x, chunk, buffer);
  int vectors = p->cut.vectors, width = p->cut.layout.block;
  long whole = ck_whole(p->cut, chunk.count), rest = chunk.count - whole;
  long period = (long)vectors * CK_WIDTH;
  float *means = p->partials + (long)unit * 2 * width, *squares = means + width;

  ck_vector sums[CK_MAX_VECTORS] = {0}, mean[CK_MAX_VECTORS];
  if (vectors == 1)
    add_values(x, whole, sums, 1);
  else
    add_values(x, whole, sums, vectors);
  if (rest > 0) {
    float values[CK_MAX_PERIOD] = {0};
    memcpy(values, x + whole, rest * sizeof(float));
    add_values(values, period, sums, vectors);
  }
  ck_fold(p->cut, sums, means);
  float pixels = (float)(chunk.count / width);
  for (int lane = 0; lane < width; lane++) means[lane] /= pixels;

  for (long lane = 0; lane < period; lane++) ((float *)mean)[lane] = means[lane % width];
  for (int v = 0; v < vectors; v++) sums[v] = 0;
  if (vectors == 1)
    add_squares(x, whole, mean, sums, 1);
  else
    add_squares(x, whole, mean, sums, vectors);
  if (rest > 0) {
    float values[CK_MAX_PERIOD];
    memcpy(values, mean, period * sizeof(float));
    memcpy(values, x + whole, rest * sizeof(float));
    add_squares(values, period, mean, sums, vectors);
  }
  ck_fold(p->cut, sums, squares);
}

void ck_chunk_moments(ck_chunks cut, ck_tensor x, float *partials, int threads) {
  moments p = {cut, x, partials};
  ck_parallel(threads, ck_units(cut), chunk_moments, &p);
}
