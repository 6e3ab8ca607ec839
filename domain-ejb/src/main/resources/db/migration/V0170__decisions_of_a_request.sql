create index decision_of_request on decision (town_id, request_id);
