package org.chorale.mergerequest.service;

import org.chorale.mergerequest.MergeRequest;

/** Something about a merge request is otherwise now: told after it is committed, to all who are in its session. */
public record MergeRequestNews(MergeRequest request) {}
