package io.stockhub.connectors.folder;

/**
 * One file of a connector folder.
 *
 * @param name without folders
 * @param location for messages: where it was found
 */
public record FolderFile(String name, String location, String text) {}
