#ifndef CK_LANES_H
#define CK_LANES_H

// How the kernels walk a tensor, whatever its block: private to this target.
//
// A tensor is cut into chunks: at most CK_CHUNK consecutive values of one sample and one block of
// channels. Within a chunk the channel of value i is i mod block, so the pattern of channels
// repeats every block values. Vectors have CK_WIDTH lanes; where the block divides CK_WIDTH, lane j
// of every vector belongs to channel j mod block, and one vector holds a whole period of channels.
// Other blocks need several vectors a period; the same code serves both, the first being compiled
// with the constant 1.

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "ck_dispatch.h"
#include "ck_layout.h"
#include "ck_parallel.h"

#define CK_WIDTH 32
#define CK_CHUNK 8192
#define CK_MAX_BLOCK 64
#define CK_MAX_VECTORS 16
#define CK_MAX_PERIOD (CK_MAX_VECTORS * CK_WIDTH)
#define CK_INLINE static inline __attribute__((always_inline))
// Before a loop whose iterations are independent even where its arrays are the same array.
#define CK_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")

typedef float ck_vector __attribute__((ext_vector_type(CK_WIDTH)));
typedef float ck_unaligned __attribute__((ext_vector_type(CK_WIDTH), aligned(4), may_alias));

#define CK_LOAD(pointer) (*(const ck_unaligned *)(pointer))
#define CK_STORE(pointer, vector) (*(ck_unaligned *)(pointer) = (vector))

// bf16 ------------------------------------------------------------------------------------------

CK_INLINE float ck_widened(uint16_t value) {
  uint32_t bits = (uint32_t)value << 16;
  float result;
  memcpy(&result, &bits, sizeof result);
  return result;
}

// To nearest, ties to even; a NaN stays one.
CK_INLINE uint16_t ck_rounded(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  uint32_t rounded = bits + 0x7FFFu + ((bits >> 16) & 1u);
  int is_nan = value != value;
  return (uint16_t)((is_nan ? bits | 0x00400000u : rounded) >> 16);
}

// Single values of a tensor of either type.
CK_INLINE size_t ck_value_bytes(int type) { return type == CK_F32 ? 4 : 2; }
CK_INLINE void *ck_value_at(void *values, long index, int type) {
  return (char *)values + index * (long)ck_value_bytes(type);
}
CK_INLINE float ck_value(const void *values, long index, int type) {
  return type == CK_F32 ? ((const float *)values)[index]
                        : ck_widened(((const uint16_t *)values)[index]);
}
CK_INLINE void ck_set(void *values, long index, float value, int type) {
  if (type == CK_F32)
    ((float *)values)[index] = value;
  else
    ((uint16_t *)values)[index] = ck_rounded(value);
}

CK_INLINE void ck_widen(const uint16_t *restrict values, float *restrict result, long count) {
  for (long i = 0; i < count; i++) result[i] = ck_widened(values[i]);
}

CK_INLINE void ck_round(const float *restrict values, uint16_t *restrict result, long count) {
  for (long i = 0; i < count; i++) result[i] = ck_rounded(values[i]);
}

// Chunks ----------------------------------------------------------------------------------------

// The chunks of a tensor, numbered sample by sample, block by block.
typedef struct {
  ck_layout layout;
  int vectors;  // a period
  int chunks;   // of one sample and block
  long pixels;  // of a full chunk
} ck_chunks;

typedef struct {
  int n;        // which sample
  int block;    // which block of channels
  long offset;  // of the first value within its sample
  long count;   // values
} ck_chunk;

CK_INLINE ck_chunks ck_cut(ck_layout layout) {
  int common = 1;
  while (common < CK_WIDTH && layout.block % (2 * common) == 0) common *= 2;
  ck_chunks cut = {.layout = layout, .vectors = layout.block / common};
  assert(layout.block <= CK_MAX_BLOCK && cut.vectors <= CK_MAX_VECTORS);
  cut.pixels = CK_CHUNK / layout.block;
  cut.chunks = (int)((ck_area(layout) + cut.pixels - 1) / cut.pixels);
  return cut;
}

CK_INLINE int ck_units(ck_chunks cut) { return cut.layout.n * ck_blocks(cut.layout) * cut.chunks; }

CK_INLINE ck_chunk ck_chunk_at(ck_chunks cut, int unit) {
  long area = ck_area(cut.layout), first = unit % cut.chunks * cut.pixels;
  long pixels = area - first < cut.pixels ? area - first : cut.pixels;
  int plane = unit / cut.chunks, block = plane % ck_blocks(cut.layout);
  return (ck_chunk){
      .n = plane / ck_blocks(cut.layout),
      .block = block,
      .offset = (block * area + first) * cut.layout.block,
      .count = pixels * cut.layout.block,
  };
}

// A chunk of a tensor as floats: where it lies, or copied to `buffer` where it is stored otherwise.
// NULL for a tensor without values.
CK_INLINE float *ck_open(ck_tensor tensor, ck_chunk chunk, float buffer[CK_CHUNK]) {
  if (!tensor.values) return NULL;
  long start = chunk.n * tensor.stride + chunk.offset;
  if (tensor.type == CK_F32) return (float *)tensor.values + start;
  ck_widen((const uint16_t *)tensor.values + start, buffer, chunk.count);
  return buffer;
}

// Where the values of a chunk are to be written: opened where they are added to what is there.
// `ck_close` must follow.
CK_INLINE float *ck_target(ck_tensor tensor, ck_chunk chunk, int accumulate,
                           float buffer[CK_CHUNK]) {
  if (tensor.values && tensor.type != CK_F32 && !accumulate) return buffer;
  return ck_open(tensor, chunk, buffer);
}

CK_INLINE void ck_close(ck_tensor tensor, ck_chunk chunk, const float *values) {
  if (!tensor.values || tensor.type == CK_F32) return;
  uint16_t *target = (uint16_t *)tensor.values + chunk.n * tensor.stride + chunk.offset;
  ck_round(values, target, chunk.count);
}

// The longest part of a chunk that is made of whole periods; what remains goes through a buffer.
CK_INLINE long ck_whole(ck_chunks cut, long count) {
  return count - count % (cut.vectors * CK_WIDTH);
}

// For kernels that need no channels: units of CK_CHUNK consecutive values.
CK_INLINE int ck_flat_units(long count) { return (int)((count + CK_CHUNK - 1) / CK_CHUNK); }
CK_INLINE long ck_flat_start(int unit) { return (long)unit * CK_CHUNK; }
CK_INLINE long ck_flat_end(int unit, long count) {
  long end = ck_flat_start(unit) + CK_CHUNK;
  return end < count ? end : count;
}

// Fills a period of vectors with the values of a block's channels, zero in the padding lanes.
CK_INLINE void ck_spread(ck_chunks cut, int block, const float *values, ck_vector *vectors) {
  int width = cut.layout.block, first = block * width;
  int period = cut.vectors * CK_WIDTH;
  float *lanes = (float *)vectors;
  for (int lane = 0; lane < width; lane++)
    lanes[lane] = first + lane < cut.layout.c ? values[first + lane] : 0;
  for (int lane = width; lane < period; lane++) lanes[lane] = lanes[lane - width];
}

// sums[lane] = sum of the lanes of the period that belong to the same channel, in their order.
CK_INLINE void ck_fold(ck_chunks cut, const ck_vector *vectors, float *sums) {
  int width = cut.layout.block, period = cut.vectors * CK_WIDTH;
  const float *lanes = (const float *)vectors;
  for (int lane = 0; lane < width; lane++) {
    double sum = 0;
    for (int j = lane; j < period; j += width) sum += lanes[j];
    sums[lane] = (float)sum;
  }
}

// Sum over the chunks, in their order, of partial results that lie [unit][stride]: those of channel
// c are at `offset` + its lane.
CK_INLINE double ck_total(ck_chunks cut, const float *partials, int stride, int offset, int c) {
  int width = cut.layout.block, blocks = ck_blocks(cut.layout);
  double sum = 0;
  for (int n = 0; n < cut.layout.n; n++) {
    long unit = ((long)n * blocks + c / width) * cut.chunks;
    for (int chunk = 0; chunk < cut.chunks; chunk++)
      sum += partials[(unit + chunk) * stride + offset + c % width];
  }
  return sum;
}

#endif
