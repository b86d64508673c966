/* The yardstick of `make bench`: reads a file and lets libyaml parse it to the end, event by event, with nothing made of
   them. */
#include <stdio.h>
#include <stdlib.h>
#include <yaml.h>

int main(int count, char **arguments) {
    FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
    yaml_parser_t parser;
    if (!file || !yaml_parser_initialize(&parser)) return 2;
    fseek(file, 0, SEEK_END);
    size_t length = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(length);
    if (!bytes || fread(bytes, 1, length, file) != length) return 2;
    fclose(file);
    yaml_parser_set_input_string(&parser, bytes, length);
    for (long events = 0;; events++) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) return 1;
        yaml_event_type_t type = event.type;
        yaml_event_delete(&event);
        if (type == YAML_STREAM_END_EVENT) {
            printf("%ld events\n", events);
            yaml_parser_delete(&parser);
            free(bytes);
            return 0;
        }
    }
}
