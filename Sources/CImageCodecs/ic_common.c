#include "ic_internal.h"

#include <stdarg.h>
#include <stdio.h>

void ic_say(ic_message *message, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message->text, sizeof message->text, format, arguments);
  va_end(arguments);
}

int ic_accept_extent(long width, long height, ic_message *message) {
  if (width * height <= ic_maximum_pixels) return 1;
  ic_say(message, "%ld×%ld pixels (height × width) are more than the %d megapixels allowed",
         height, width, ic_maximum_pixels / 1000000);
  return 0;
}
