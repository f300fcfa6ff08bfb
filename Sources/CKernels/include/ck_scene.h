#ifndef CK_SCENE_H
#define CK_SCENE_H

#include <stdint.h>

// Painting of generated scenes: [h][w][3] floats of 0...255 and [h][w] class ids. Additions,
// multiplications, divisions and square roots alone, so that a scene is the same everywhere.

// Adds value noise (Perlin's lattice noise of random values, smoothly interpolated) of -1...1 times
// `amplitude` [3]. The lattice's cells are `cell` pixels wide.
void ck_scene_noise(float *rgb, int h, int w, int cell, const float *amplitude, uint64_t seed,
                    uint32_t purpose, uint32_t scene);

enum { ck_disc, ck_box, ck_triangle, ck_ring };

typedef struct {
  int kind;
  uint8_t id;
  // Centre in pixels, unit vector of the shape's own x axis, half extents along its axes.
  float x, y, axis_x, axis_y, half_x, half_y;
  float colour[3];
  // Stripes along the shape's y axis: width in pixels, change of brightness (0 for none).
  float stripe, stripe_depth;
  // Brighter by this part in the middle than at the rim.
  float bulge;
} ck_scene_shape;

// Paints over what is there, keeping a part of its texture, with a soft shadow to the lower right.
void ck_scene_paint(float *rgb, uint8_t *ids, int h, int w, const ck_scene_shape *shape);

// Light that changes linearly from `light[0]` along the vector (light[1], light[2]) per image
// extent; blur by (blur, 1 - 2 blur, blur) in both directions; noise of that deviation; rounding.
void ck_scene_finish(float *rgb, int h, int w, const float light[3], float blur, float noise,
                     uint64_t seed, uint32_t purpose, uint32_t scene, uint8_t *pixels);

#endif
