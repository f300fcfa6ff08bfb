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
  ck_tensor x, y;
  const float *factors;
  int accumulate;
} scaling;

CK_KERNEL static void scale_chunk(void *context, int unit) {
  const scaling *s = context;
  ck_chunk chunk = ck_chunk_at(s->cut, unit);
  ck_layout layout = s->cut.layout;
  float x_buffer[CK_CHUNK], y_buffer[CK_CHUNK];
  const float *x = ck_open(s->x, chunk, x_buffer);
  float *y = ck_target(s->y, chunk, s->accumulate, y_buffer);
  ck_vector factors[CK_MAX_VECTORS];
  ck_spread(s->cut, chunk.block, s->factors + (long)chunk.n * layout.c, factors);

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
  ck_close(s->y, chunk, y);
}

void ck_scale_channels(ck_layout layout, ck_tensor x, const float *factors, ck_tensor y,
                       int accumulate, int threads) {
  scaling s = {.cut = ck_cut(layout), .x = x, .factors = factors, .y = y,
               .accumulate = accumulate};
  ck_parallel(threads, ck_units(s.cut), scale_chunk, &s);
}

typedef struct {
  ck_chunks cut;
  ck_dropping by;
  ck_tensor x, y;
  int accumulate;
} dropping;

#define NUMBERS 16  // of a pixel's channels that follow each other in the stream

// numbers [count] = those of the values of a chunk.
CK_INLINE void draw(const dropping *d, ck_chunk chunk, float *numbers) {
  ck_layout layout = d->cut.layout;
  int block = layout.block;
  long area = ck_area(layout), first = chunk.offset / block - chunk.block * area;
  ck_stream stream = {.seed = d->by.seed, .purpose = d->by.purpose, .sample = (uint32_t)chunk.n,
                      .epoch = d->by.step};
  if (block == NUMBERS) {
    stream.block = (uint32_t)(chunk.offset / 4);
    ck_stream_uniform(stream, numbers, chunk.count);
    return;
  }
  for (long pixel = 0; pixel < chunk.count / block; pixel++)
    for (int lane = 0; lane < block; lane++) {
      long c = (long)chunk.block * block + lane;
      long place = ((c / NUMBERS) * area + first + pixel) * NUMBERS + c % NUMBERS;
      ck_philox_block drawn = ck_philox(stream.seed, (uint32_t)(place / 4), stream.purpose,
                                        stream.sample, stream.epoch);
      numbers[pixel * block + lane] = (float)(drawn.word[place % 4] >> 8) * 0x1p-24f;
    }
}

CK_KERNEL static void drop_chunk(void *context, int unit) {
  const dropping *d = context;
  ck_chunk chunk = ck_chunk_at(d->cut, unit);
  float x_buffer[CK_CHUNK], y_buffer[CK_CHUNK], numbers[CK_CHUNK];
  const float *x = ck_open(d->x, chunk, x_buffer);
  float *y = ck_target(d->y, chunk, d->accumulate, y_buffer);
  draw(d, chunk, numbers);
  float rate = d->by.rate, scale = 1 / (1 - rate);
  int accumulate = d->accumulate;
  CK_INDEPENDENT
  for (long i = 0; i < chunk.count; i++) {
    float value = numbers[i] < rate ? 0 : x[i] * scale;
    y[i] = accumulate ? y[i] + value : value;
  }
  ck_close(d->y, chunk, y);
}

void ck_dropout(ck_layout layout, ck_dropping by, ck_tensor x, ck_tensor y, int accumulate,
                int threads) {
  dropping d = {.cut = ck_cut(layout), .by = by, .x = x, .y = y, .accumulate = accumulate};
  ck_parallel(threads, ck_units(d.cut), drop_chunk, &d);
}
