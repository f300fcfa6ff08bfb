#include "ck_dropout.h"

#include "ck_lanes.h"
#include "ck_random.h"

void ck_dropout_factors(ck_layout layout, float rate, uint64_t seed, uint32_t purpose,
                        uint32_t step, float *factors) {
  for (int n = 0; n < layout.n; n++)
    for (int c = 0; c < layout.c; c++) {
      ck_philox_block block = ck_philox(seed, (uint32_t)c / 4, purpose, (uint32_t)n, step);
      float uniform = (float)(block.word[c % 4] >> 8) * 0x1p-24f;
      factors[(long)n * layout.c + c] = uniform < rate ? 0 : 1 / (1 - rate);
    }
}

typedef struct {
  ck_chunks cut;
  const float *x, *factors;
  float *y;
  int accumulate;
} scaling;

CK_KERNEL static void scale_chunk(void *context, int unit) {
  const scaling *s = context;
  ck_chunk chunk = ck_chunk_at(s->cut, unit);
  ck_layout layout = s->cut.layout;
  long n = unit / s->cut.chunks / ck_blocks(layout);
  const float *x = s->x + chunk.start;
  float *y = s->y + chunk.start;
  ck_vector factors[CK_MAX_VECTORS];
  ck_spread(s->cut, chunk.block, s->factors + n * layout.c, factors);

  long whole = ck_whole(s->cut, chunk.count);
  for (long i = 0; i < whole;)
    for (int v = 0; v < s->cut.vectors; v++, i += CK_WIDTH) {
      ck_vector value = CK_LOAD(x + i) * factors[v];
      CK_STORE(y + i, s->accumulate ? CK_LOAD(y + i) + value : value);
    }
  for (long i = whole; i < chunk.count; i++) {
    float value = x[i] * ((const float *)factors)[i - whole];
    y[i] = s->accumulate ? y[i] + value : value;
  }
}

void ck_scale_channels(ck_layout layout, const float *x, const float *factors, float *y,
                       int accumulate, int threads) {
  scaling s = {.cut = ck_cut(layout), .x = x, .factors = factors, .y = y,
               .accumulate = accumulate};
  ck_parallel(threads, ck_units(s.cut), scale_chunk, &s);
}
