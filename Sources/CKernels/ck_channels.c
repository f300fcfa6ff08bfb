#include "ck_channels.h"

#include "ck_lanes.h"

// A unit is a chunk of pixels of one sample and one block of the destination that holds channels
// of the range: every value is written by one unit.
typedef struct {
  ck_channels from, to;
  int count, accumulate;
  int first_block, blocks;  // of the destination
  ck_chunks cut;            // of the destination
} transfer;

typedef struct {
  int n;
  long first, pixels;
  int channel, end;  // channels of the destination to write, in one block of it
} share;

static transfer transfer_to(ck_channels to, int count) {
  int first = to.first / to.layout.block, last = (to.first + count - 1) / to.layout.block;
  return (transfer){.to = to, .count = count, .first_block = first, .blocks = last - first + 1,
                    .cut = ck_cut(to.layout)};
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

// Index of a channel's value at a pixel within the tensor that holds it.
CK_INLINE long index_of(ck_channels channels, int n, int channel, long pixel) {
  ck_layout l = channels.layout;
  return n * channels.tensor.stride +
         ((channel / l.block) * ck_area(l) + pixel) * l.block + channel % l.block;
}

// `lanes` adjacent values of each pixel, which lie `from_step` and `to_step` apart.
CK_INLINE void copy_lanes(const void *source, int from_type, long from_step, void *destination,
                          int to_type, long to_step, int lanes, long pixels, int accumulate) {
  for (long pixel = 0; pixel < pixels; pixel++)
    for (int lane = 0; lane < lanes; lane++) {
      float value = ck_value(source, pixel * from_step + lane, from_type);
      long result = pixel * to_step + lane;
      if (accumulate) value = ck_value(destination, result, to_type) + value;
      ck_set(destination, result, value, to_type);
    }
}

// Zero in the padding lanes if the share ends at the last channel.
CK_INLINE void clear_padding(const transfer *t, share s) {
  ck_layout to = t->to.layout;
  int width = to.block, padding = ck_blocks(to) * width - to.c;
  if (s.end < to.c || padding == 0) return;
  long start = index_of(t->to, s.n, to.c - 1, s.first) + 1;
  for (long pixel = 0; pixel < s.pixels; pixel++)
    for (int lane = 0; lane < padding; lane++)
      ck_set(t->to.tensor.values, start + pixel * width + lane, 0, t->to.tensor.type);
}

CK_INLINE void copy_run(const transfer *t, share s, int channel, int origin, int lanes,
                        int from_type, int to_type) {
  int from_block = t->from.layout.block, to_block = t->to.layout.block;
  const void *source =
      ck_value_at(t->from.tensor.values, index_of(t->from, s.n, origin, s.first), from_type);
  void *destination =
      ck_value_at(t->to.tensor.values, index_of(t->to, s.n, channel, s.first), to_type);
  int is_whole = lanes == from_block && lanes == to_block;
  if (is_whole && from_type == to_type && !t->accumulate)
    memcpy(destination, source, s.pixels * lanes * ck_value_bytes(to_type));
  else if (is_whole)
    copy_lanes(source, from_type, 0, destination, to_type, 0, (int)(s.pixels * lanes), 1,
               t->accumulate);
  else
    copy_lanes(source, from_type, from_block, destination, to_type, to_block, lanes, s.pixels,
               t->accumulate);
}

CK_KERNEL static void copy_share(void *context, int unit) {
  const transfer *t = context;
  share s = share_at(t, unit);
  int from_block = t->from.layout.block, shift = t->from.first - t->to.first;
  int from_type = t->from.tensor.type, to_type = t->to.tensor.type;
  for (int channel = s.channel, lanes; channel < s.end; channel += lanes) {
    int origin = channel + shift;
    lanes = smaller(s.end - channel, from_block - origin % from_block);
    if (from_type == CK_F32 && to_type == CK_F32)
      copy_run(t, s, channel, origin, lanes, CK_F32, CK_F32);
    else if (from_type == CK_BF16 && to_type == CK_BF16)
      copy_run(t, s, channel, origin, lanes, CK_BF16, CK_BF16);
    else
      copy_run(t, s, channel, origin, lanes, from_type, to_type);
  }
  if (!t->accumulate) clear_padding(t, s);
}

CK_KERNEL static void clear_share(void *context, int unit) {
  const transfer *t = context;
  share s = share_at(t, unit);
  int block = t->to.layout.block;
  long start = index_of(t->to, s.n, s.channel, s.first);
  for (long pixel = 0; pixel < s.pixels; pixel++)
    for (int lane = 0; lane < s.end - s.channel; lane++)
      ck_set(t->to.tensor.values, start + pixel * block + lane, 0, t->to.tensor.type);
  clear_padding(t, s);
}

void ck_channels_copy(ck_channels from, ck_channels to, int count, int accumulate, int threads) {
  transfer t = transfer_to(to, count);
  t.from = from;
  t.accumulate = accumulate;
  ck_parallel(threads, transfer_units(&t), copy_share, &t);
}

void ck_channels_clear(ck_channels to, int count, int threads) {
  transfer t = transfer_to(to, count);
  ck_parallel(threads, transfer_units(&t), clear_share, &t);
}
