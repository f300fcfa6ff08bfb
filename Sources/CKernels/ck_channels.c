#include "ck_channels.h"

#include "ck_lanes.h"

// A unit is a chunk of pixels of one sample and one block of the destination that holds channels
// of the range: every value is written by one unit.
typedef struct {
  ck_channels from, to;
  const float *source;
  float *destination;
  int count, accumulate;
  int first_block, blocks;  // of the destination
  ck_chunks cut;            // of the destination
} transfer;

typedef struct {
  int n;
  long first, pixels;
  int channel, end;  // channels of the destination to write, in one block of it
} share;

static transfer transfer_to(ck_channels to, float *destination, int count) {
  int first = to.first / to.layout.block, last = (to.first + count - 1) / to.layout.block;
  return (transfer){.to = to, .destination = destination, .count = count, .first_block = first,
                    .blocks = last - first + 1, .cut = ck_cut(to.layout)};
}

static int transfer_units(const transfer *t) {
  return t->to.layout.n * t->blocks * t->cut.chunks;
}

CK_INLINE int smaller(int a, int b) { return a < b ? a : b; }
CK_INLINE int larger(int a, int b) { return a > b ? a : b; }

CK_INLINE share share_at(const transfer *t, int unit) {
  int plane = unit / t->cut.chunks, width = t->to.layout.block;
  int block = t->first_block + plane % t->blocks;
  long first = unit % t->cut.chunks * t->cut.pixels, area = ck_area(t->to.layout);
  return (share){
      .n = plane / t->blocks,
      .first = first,
      .pixels = area - first < t->cut.pixels ? area - first : t->cut.pixels,
      .channel = larger(t->to.first, block * width),
      .end = smaller(t->to.first + t->count, (block + 1) * width),
  };
}

// `lanes` adjacent values of each pixel, which lie `from_step` and `to_step` apart.
CK_INLINE void copy_lanes(const float *source, long from_step, float *destination, long to_step,
                          int lanes, long pixels, int accumulate) {
  for (long pixel = 0; pixel < pixels; pixel++)
    for (int lane = 0; lane < lanes; lane++) {
      float value = source[pixel * from_step + lane];
      float *result = destination + pixel * to_step + lane;
      *result = accumulate ? *result + value : value;
    }
}

CK_INLINE void copy_values(const float *source, float *destination, long count, int accumulate) {
  if (!accumulate) {
    memcpy(destination, source, count * sizeof(float));
    return;
  }
  CK_INDEPENDENT
  for (long i = 0; i < count; i++) destination[i] += source[i];
}

// Zero in the padding lanes if the share ends at the last channel.
CK_INLINE void clear_padding(const transfer *t, share s) {
  ck_layout to = t->to.layout;
  int width = to.block, padding = ck_blocks(to) * width - to.c;
  if (s.end < to.c || padding == 0) return;
  float *values = t->destination + ck_index(to, s.n, to.c - 1, s.first) + 1;
  for (long pixel = 0; pixel < s.pixels; pixel++)
    for (int lane = 0; lane < padding; lane++) values[pixel * width + lane] = 0;
}

CK_KERNEL static void copy_share(void *context, int unit) {
  const transfer *t = context;
  share s = share_at(t, unit);
  ck_layout from = t->from.layout, to = t->to.layout;
  int shift = t->from.first - t->to.first;
  for (int channel = s.channel, run; channel < s.end; channel += run) {
    int origin = channel + shift;
    run = smaller(s.end - channel, from.block - origin % from.block);
    const float *source = t->source + ck_index(from, s.n, origin, s.first);
    float *destination = t->destination + ck_index(to, s.n, channel, s.first);
    if (run == from.block && run == to.block)
      copy_values(source, destination, s.pixels * run, t->accumulate);
    else
      copy_lanes(source, from.block, destination, to.block, run, s.pixels, t->accumulate);
  }
  if (!t->accumulate) clear_padding(t, s);
}

CK_KERNEL static void clear_share(void *context, int unit) {
  const transfer *t = context;
  share s = share_at(t, unit);
  ck_layout to = t->to.layout;
  float *values = t->destination + ck_index(to, s.n, s.channel, s.first);
  for (long pixel = 0; pixel < s.pixels; pixel++)
    for (int lane = 0; lane < s.end - s.channel; lane++) values[pixel * to.block + lane] = 0;
  clear_padding(t, s);
}

void ck_channels_copy(ck_channels from, const float *source, ck_channels to, float *destination,
                      int count, int accumulate, int threads) {
  transfer t = transfer_to(to, destination, count);
  t.from = from;
  t.source = source;
  t.accumulate = accumulate;
  ck_parallel(threads, transfer_units(&t), copy_share, &t);
}

void ck_channels_clear(ck_channels to, float *destination, int count, int threads) {
  transfer t = transfer_to(to, destination, count);
  ck_parallel(threads, transfer_units(&t), clear_share, &t);
}
