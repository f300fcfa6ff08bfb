#ifndef CK_IMAGE_H
#define CK_IMAGE_H

#include <stdint.h>

#include "ck_label.h"

// What the samples of an image are: uint8_t, uint16_t or float.
typedef enum { ck_bytes, ck_words, ck_reals } ck_depth;

// Adds to counts [channels][256] how often each value occurs in [count][channels].
void ck_histogram(const uint8_t *values, long count, int channels, uint64_t *counts);

// The same of 16 bits, counts [channels][65536].
void ck_histogram_words(const uint16_t *values, long count, int channels, uint64_t *counts);

// Of the numbers of one channel: how many there are, their mean, the sum of the squares of their
// distances from it, the least and the greatest. What is not a number does not count.
typedef struct {
  uint64_t count;
  double mean, squares;
  float least, greatest;
} ck_moments;
// Of [count][channels], each channel in the order of the pixels.
void ck_take_moments(const float *values, long count, int channels, ck_moments *moments);

// Puts pixels [count][channels] into [count][all] as the channels from `first` on. Of wider samples
// all three are multiples of their bytes.
void ck_insert_channels(const uint8_t *pixels, int channels, uint8_t *target, int all, int first,
                        long count);
// Takes such channels out again.
void ck_take_channels(const uint8_t *source, int all, int first, uint8_t *pixels, int channels,
                      long count);

// Grey = 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), rounded where samples are integers.
void ck_grey_from_rgb(const void *rgb, void *grey, long count, ck_depth depth);
void ck_rgb_from_grey(const void *grey, void *rgb, long count, ck_depth depth);

// The same values as samples of a wider depth.
void ck_widen_samples(const void *source, ck_depth from, void *target, ck_depth to, long count);
// Values below the first become it, those above the second that.
void ck_clip_samples(void *samples, ck_depth depth, long count, double lower, double upper);
// What is of the value becomes NaN.
void ck_blank_values(float *values, long count, float value);
// How many are neither finite nor, where `allows_nan`, NaN, and the place of the first.
long ck_count_not_finite(const float *values, long count, int allows_nan, long *first);

// [area][channels] bytes → [channels][area] floats of the same values.
void ck_planes_from_pixels(const uint8_t *pixels, float *planes, long area, int channels);
// The other way around, rounded to nearest.
void ck_pixels_from_planes(const float *planes, uint8_t *pixels, long area, int channels);

// values = lambda * values + (1 - lambda) * others.
void ck_mix_values(float *values, const float *others, long count, float lambda);

// target = values * scale[c] + offset[c], both [channels][area].
void ck_normalize(const float *values, float *target, long area, int channels, const float *scale,
                  const float *offset);

// Both at once, to the same bits: [area][channels] bytes → [channels][area] normalised.
void ck_normalize_pixels(const uint8_t *pixels, float *target, long area, int channels,
                         const float *scale, const float *offset);

// How samples of more than 8 bits become values of 0...255: (sample - black[c]) * factor[c], and
// fill[c] where a sample is NaN.
typedef struct {
  const float *black, *factor, *fill;
} ck_span;
// The two above of such samples.
void ck_planes_from_samples(const void *samples, ck_depth depth, float *planes, long area,
                            int channels, ck_span span);
void ck_normalize_samples(const void *samples, ck_depth depth, float *target, long area,
                          int channels, ck_span span, const float *scale, const float *offset);

// Lines where classes meet, `width` pixels wide (0 for none): 1 in lines [h][w]. The middle of a line, for
// an even width the pixel before it, is where one of the planes of labels [P][h][w] differs from the pixel
// to the right or below. `scratch` is as large as the lines; it is not used for widths below 2.
void ck_outlines(const ck_label *labels, int planes, int h, int w, int width, uint8_t *scratch,
                 uint8_t *lines);

// How an image is tinted: a colour [h][w][3] and an opacity [h][w] (0...1) for every pixel, which is
// multiplied by `strength`.
typedef struct {
  const uint8_t *colours;
  const float *opacities;
  float strength;
} ck_tint;

// A photograph [h][w][3] in grey, tinted into a panel of a wider image whose rows are `target_w`
// pixels apart. Where lines [h][w] are not 0, twice the opacity counts, whatever the strength.
void ck_overlay(const uint8_t *photo, const uint8_t *lines, int h, int w, ck_tint tint,
                uint8_t *target, int target_w);

#endif
