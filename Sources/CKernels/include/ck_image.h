#ifndef CK_IMAGE_H
#define CK_IMAGE_H

#include <stdint.h>

// Adds to counts [channels][256] how often each value occurs in [count][channels].
void ck_histogram(const uint8_t *values, long count, int channels, uint64_t *counts);

// values[i] = table[values[i]]
void ck_map_bytes(uint8_t *values, long count, const uint8_t table[256]);

// target[i] |= table[values[i]]
void ck_gather_bytes(uint8_t *target, const uint8_t *values, long count, const uint8_t table[256]);

// Pixels 0...255 of values: `lower` and below (and what is no number) 0, `upper` and above 255, between
// them the nearest of equal steps.
void ck_pixels_from_values(const float *values, uint8_t *pixels, long count, double lower,
                           double upper);

// marked[i] = values[i], or outside where region[i] is 0
void ck_mark_outside(const uint8_t *values, const uint8_t *region, uint8_t *marked, long count,
                     uint8_t outside);

// Puts pixels [count][channels] into [count][all] as the channels from `first` on.
void ck_insert_channels(const uint8_t *pixels, int channels, uint8_t *target, int all, int first,
                        long count);
// Takes such channels out again.
void ck_take_channels(const uint8_t *source, int all, int first, uint8_t *pixels, int channels,
                      long count);

// Grey = 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), rounded.
void ck_grey_from_rgb(const uint8_t *rgb, uint8_t *grey, long count);
void ck_rgb_from_grey(const uint8_t *grey, uint8_t *rgb, long count);

// [area][channels] bytes → [channels][area] floats of the same values.
void ck_planes_from_pixels(const uint8_t *pixels, float *planes, long area, int channels);
// The other way around, rounded to nearest.
void ck_pixels_from_planes(const float *planes, uint8_t *pixels, long area, int channels);

// values = share * values + (1 - share) * others.
void ck_mix_values(float *values, const float *others, long count, float share);

// target = values * scale[c] + offset[c], both [channels][area].
void ck_normalize(const float *values, float *target, long area, int channels, const float *scale,
                  const float *offset);

// Both at once, to the same bits: [area][channels] bytes → [channels][area] normalised.
void ck_normalize_pixels(const uint8_t *pixels, float *target, long area, int channels,
                         const float *scale, const float *offset);

// A photograph [h][w][3] tinted by the colours of its classes into a panel of a wider picture
// whose rows are `target_w` pixels apart. The tint of class k is colours[k] [256][3] at opacity
// opacities[k] [256] (0...1) over the photograph in grey; where a class meets another its line is
// drawn at twice the opacity.
void ck_overlay(const uint8_t *photo, const uint8_t *labels, int h, int w, const uint8_t *colours,
                const float *opacities, uint8_t *target, int target_w);

#endif
