#include "ck_bias.h"

#include "ck_lanes.h"

typedef struct {
  ck_chunks cut;
  float *y;
  const float *bias;
  int relu;
} pass;

// Whole periods only.
CK_INLINE void add_bias(float *y, const ck_vector *bias, int relu, long count, int vectors) {
  for (long i = 0; i < count;)
    for (int v = 0; v < vectors; v++, i += CK_WIDTH) {
      ck_vector value = CK_LOAD(y + i) + bias[v], zero = 0;
      CK_STORE(y + i, relu ? (value <= 0 ? zero : value) : value);
    }
}

CK_KERNEL static void bias_chunk(void *context, int unit) {
  const pass *p = context;
  ck_chunk chunk = ck_chunk_at(p->cut, unit);
  float *y = p->y + chunk.start;
  int vectors = p->cut.vectors;
  ck_vector bias[CK_MAX_VECTORS] = {0};
  if (p->bias) ck_spread(p->cut, chunk.block, p->bias, bias);

  long whole = ck_whole(p->cut, chunk.count), rest = chunk.count - whole;
  if (vectors == 1)
    add_bias(y, bias, p->relu, whole, 1);
  else
    add_bias(y, bias, p->relu, whole, vectors);
  if (rest > 0) {
    float values[CK_MAX_PERIOD] = {0};
    memcpy(values, y + whole, rest * sizeof(float));
    add_bias(values, bias, p->relu, (long)vectors * CK_WIDTH, vectors);
    memcpy(y + whole, values, rest * sizeof(float));
  }
}

void ck_add_bias(ck_layout layout, float *y, const float *bias, int relu, int threads) {
  if (!bias && !relu) return;
  pass p = {.cut = ck_cut(layout), .y = y, .bias = bias, .relu = relu};
  ck_parallel(threads, ck_units(p.cut), bias_chunk, &p);
}
