#ifndef CK_LAYOUT_H
#define CK_LAYOUT_H

// How a tensor of f32 activations lies in memory: [n][ceil(c / block)][h][w][block].
// block == 1 is NCHW. Lanes beyond c in the last block are padding: they hold zero, and every
// kernel keeps them zero.
typedef struct {
  int n, c, h, w, block;
} ck_layout;

static inline int ck_blocks(ck_layout l) { return (l.c + l.block - 1) / l.block; }
static inline long ck_area(ck_layout l) { return (long)l.h * l.w; }
static inline long ck_elements(ck_layout l) {
  return (long)l.n * ck_blocks(l) * ck_area(l) * l.block;
}
// Index of element (n, c, pixel).
static inline long ck_index(ck_layout l, int n, int c, long pixel) {
  return (((long)n * ck_blocks(l) + c / l.block) * ck_area(l) + pixel) * l.block + c % l.block;
}

#endif
