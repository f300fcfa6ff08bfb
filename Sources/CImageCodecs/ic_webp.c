#include "ic_bytes.h"

#include <stdlib.h>
#include <string.h>
#include <webp/decode.h>

// WebP (RFC 9649). Alpha is dropped. Of what is stored without loss the pixels can be ids where all are
// grey.

// What a chunk says of how the image is shown.
static int accept_metadata(const uint8_t *bytes, size_t count, ic_message *message) {
  size_t place = 12;
  while (count >= 8 && place <= count - 8) {
    const uint8_t *chunk = bytes + place;
    size_t size = chunk[4] | (size_t)chunk[5] << 8 | (size_t)chunk[6] << 16 | (size_t)chunk[7] << 24;
    const uint8_t *body = chunk + 8;
    if (size > count - place - 8) return 1;
    if (!memcmp(chunk, "EXIF", 4)) {
      int has_start = size >= 6 && !memcmp(body, "Exif\0\0", 6);
      int orientation = ic_exif_orientation(body + 6 * has_start, size - 6 * has_start);
      if (!ic_accept_orientation(orientation, message)) return 0;
    }
    if (!memcmp(chunk, "XMP ", 4) &&
        !ic_accept_orientation(ic_xmp_orientation(body, size), message))
      return 0;
    place += 8 + size + (size & 1);
  }
  return 1;
}

int ic_webp_header(const uint8_t *bytes, size_t count, ic_header *header, ic_message *message) {
  WebPBitstreamFeatures features;
  VP8StatusCode status = WebPGetFeatures(bytes, count, &features);
  if (status != VP8_STATUS_OK) {
    ic_say(message, status == VP8_STATUS_NOT_ENOUGH_DATA ? IC_CUT_SHORT : IC_DAMAGED);
    return 0;
  }
  if (features.has_animation) {
    ic_say(message, "is an animation: save its frames as images");
    return 0;
  }
  int is_lossless = features.format == 2;
  snprintf(header->format, sizeof header->format, is_lossless ? "lossless WebP" : "lossy WebP");
  return ic_describe(header, features.width, features.height, 3, 8, is_lossless, message) &&
         accept_metadata(bytes, count, message);
}

static int decode_into(const uint8_t *bytes, size_t count, uint8_t *rgb, const ic_header *header,
                       ic_message *message) {
  size_t stride = 3 * (size_t)header->width;
  if (WebPDecodeRGBInto(bytes, count, rgb, stride * header->height, (int)stride)) return 1;
  ic_say(message, IC_DAMAGED);
  return 0;
}

int ic_webp_decode(const uint8_t *bytes, size_t count, int wants_ids, ic_room *room, ic_header *header,
                   ic_message *message) {
  room->filled = 0;
  if (!ic_webp_header(bytes, count, header, message)) return 0;
  if (!ic_has_room(room, header, wants_ids ? 1 : 3)) return 1;
  if (!wants_ids) {
    room->filled = decode_into(bytes, count, room->bytes, header, message);
    return room->filled;
  }
  if (!header->holds_ids) return 1;
  size_t area = (size_t)header->width * header->height;
  uint8_t *rgb = malloc(3 * area);
  if (!rgb) {
    ic_say(message, "out of memory");
    return 0;
  }
  int done = decode_into(bytes, count, rgb, header, message);
  for (size_t i = 0; done && i < area; i++) {
    const uint8_t *pixel = rgb + 3 * i;
    if (pixel[0] != pixel[1] || pixel[1] != pixel[2]) {
      // In colour: it holds no ids.
      header->holds_ids = 0;
      free(rgb);
      return 1;
    }
    room->bytes[i] = pixel[0];
  }
  free(rgb);
  room->filled = done;
  return done;
}
